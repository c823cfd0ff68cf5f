import { z } from "zod";
import { limits } from "#shared/limits.ts";
import { ids } from "./ids.ts";
