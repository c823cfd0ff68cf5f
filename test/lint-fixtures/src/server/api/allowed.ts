import { initTRPC } from "@trpc/server";
import { limits } from "#shared/limits.ts";
import { viewerFrom } from "../auth/viewer.ts";
import { roomFor } from "../domain/rooms.ts";
import { hub } from "../realtime/hub.ts";
