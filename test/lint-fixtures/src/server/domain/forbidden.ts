import next from "next";
import { cache } from "react";
import { TRPCError } from "@trpc/server";
import { WebSocket } from "ws";
import { router } from "../api/router.ts";
import { hub } from "../realtime/hub.ts";
import { live } from "#server/realtime/live-node.ts";
import { http } from "../web/http.ts";
console.error("hello");
