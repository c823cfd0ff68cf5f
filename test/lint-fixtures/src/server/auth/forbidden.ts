import { TRPCError } from "@trpc/server";
import { WebSocket } from "ws";
import { context } from "../api/context.ts";
import { roomFor } from "../domain/rooms.ts";
import { hub } from "../realtime/hub.ts";
import { http } from "../web/http.ts";
