import next from "next";
import { WebSocketServer } from "ws";
import { router } from "../api/router.ts";
import { hub } from "../realtime/hub.ts";
