import { limits } from "#shared/limits.ts";
import { pool } from "../db/pool.ts";
import { DomainError } from "../errors.ts";
import { near } from "./rooms.ts";
