import next from "next";
import { TRPCError } from "@trpc/server";
import { router } from "../api/router.ts";
import { viewerFrom } from "../auth/viewer.ts";
import { roomFor } from "../domain/rooms.ts";
import { hub } from "../realtime/hub.ts";
import { http } from "../web/http.ts";
