import { createAdapter } from "@socket.io/postgres-adapter";
import pg from "pg";
import { answer } from "../answer.ts";
import { serveRooms } from "./socketio-rooms.ts";

/** As many as `naive-notify` reads with. Its own, so that a broadcast does not wait behind sends that wait for a commit. */
const NOTIFIERS = 4;

/** Socket.io with its Postgres adapter: every broadcast is a NOTIFY for other nodes, besides the one INSERT per message. */
async function start({ url }: { url: string }): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: NOTIFIERS });
  // The adapter's own table for payloads over 8 kB, as its guide says.
  await pool.query(`create table if not exists socket_io_attachments (
    id bigserial unique, created_at timestamptz default now(), payload bytea)`);
  return serveRooms(url, createAdapter(pool));
}

answer({ start });
