import pg from "pg";
import { newId } from "#shared/ids.ts";
import type { ServerName } from "../plan.ts";

/** Writes the changes of a tick straight into the database, as another node would: its cost is not the measured server's. */
export type Writer = {
  write(roomId: string, authorId: string, bodies: string[]): Promise<void>;
  close(): Promise<void>;
};

const CONNECTIONS = 10;

export function writerFor(server: ServerName, urls: { ours: string; plain: string; perMinute: number }): Writer | null {
  if (server === "ours") return batchWriter(urls.ours, urls.perMinute);
  return server === "naive-notify" ? rowWriter(urls.plain) : null;
}

/** The product's own batch: all changes of the tick in one commit, and so one bell. */
function batchWriter(url: string, perMinute: number): Writer {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  return {
    async write(roomId, authorId, bodies) {
      const all = <T>(make: () => T) => bodies.map(make);
      const values = [all(() => roomId), all(() => authorId), all(newId), all(newId), bodies, 4000, perMinute];
      const text =
        "select outcome from message_send_batch($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6, $7)";
      const { rows } = await pool.query<{ outcome: string }>({ name: "write", text, values });
      if (rows.some(({ outcome }) => outcome !== "new")) throw new Error(`The batch said: ${JSON.stringify(rows)}`);
    },
    close: () => pool.end(),
  };
}

function rowWriter(url: string): Writer {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS });
  const text = "insert into message (id, room_id, author_id, client_id, body) values ($1, $2, $3, $4, $5)";
  return {
    async write(roomId, authorId, bodies) {
      const insert = (body: string) =>
        pool.query({ name: "write", text, values: [newId(), roomId, authorId, newId(), body] });
      await Promise.all(bodies.map(insert));
    },
    close: () => pool.end(),
  };
}
