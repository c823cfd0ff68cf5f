import type { WebSocket } from "ws";
import { RoomFeed } from "#shared/feed.ts";
import { openPool } from "../db/pool.ts";
import { log } from "../log.ts";
