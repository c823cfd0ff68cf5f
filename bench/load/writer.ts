import pg from "pg";
import { newId } from "#shared/ids.ts";
import type { ServerName } from "../peers.ts";

/** Writes changes straight into the database, as another node would: its cost is not the measured server's. */
export type Writer = {
  write(posts: Post[]): Promise<void>;
  close(): Promise<void>;
};
export type Post = { roomId: string; authorId: string; body: string };
export type Urls = { ours: string; plain: string; perMinute: number };

const CONNECTIONS = 10;
const MAX_LENGTH = 4000;

/** For those that hear of changes from the database; null for those that make them up. */
export function writerFor(server: ServerName, urls: Urls): Writer | null {
  if (server === "ours") return batchWriter(urls.ours, urls.perMinute);
  return server === "naive-notify" ? rowWriter(urls.plain) : null;
}

/** The product's own batch: all changes of a tick in one commit, and so one bell. */
export function batchWriter(url: string, perMinute: number): Writer {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const text = `select outcome from message_send_batch($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[],
    $6::uuid[], $7::uuid[], $8::text[], $9, $10)`;
  return {
    async write(posts) {
      const all = <T>(make: (post: Post) => T) => posts.map(make);
      const nothing = all(() => null);
      const values = [
        all(({ roomId }) => roomId),
        all(({ authorId }) => authorId),
        all(() => newId()),
        all(() => newId()),
        all(({ body }) => body),
        ...[nothing, nothing, nothing],
        ...[MAX_LENGTH, perMinute],
      ];
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
    async write(posts) {
      const insert = ({ roomId, authorId, body }: Post) =>
        pool.query({ name: "write", text, values: [newId(), roomId, authorId, newId(), body] });
      await Promise.all(posts.map(insert));
    },
    close: () => pool.end(),
  };
}

/** Many rows at once for the peers that emit by themselves: nobody is there to be told. Answers the number of the newest row before. */
export async function writePosts(url: string, posts: Post[]): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ seq: string | null }>("select max(seq) as seq from post");
    await client.query(
      `insert into post (id, room_id, author_id, client_id, body)
       select gen_random_uuid(), room, author, gen_random_uuid(), body from unnest($1::uuid[], $2::uuid[], $3::text[]) p (room, author, body)`,
      [posts.map(({ roomId }) => roomId), posts.map(({ authorId }) => authorId), posts.map(({ body }) => body)],
    );
    return rows[0]?.seq ?? "0";
  } finally {
    await client.end();
  }
}
