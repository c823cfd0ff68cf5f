import pg from "pg";
import { UNREAD_MAX } from "#shared/limits.ts";
import type { Counts, Ledger, MessageRow, Taken } from "./evidence.ts";

/** Numbers and moments as JavaScript has them. */
const NUMBERS = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === 20 ? Number : pg.types.getTypeParser(oid, format as "text"),
};

/** A connection of the test's own, past every link. */
export async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "chaos",
    types: NUMBERS as pg.CustomTypesConfig,
  });
  // One that dies under us (that is what a run is for) fails the query that waits, which is enough.
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

const noteOn = (table: string, column: string, rowId: string, isOut: string) => `
  create function chaos_note_${table}() returns trigger language plpgsql as $$ begin
    insert into chaos_taken (room_id, version, type, row_id, is_out)
      values (new.${table === "room" ? "id" : "room_id"}, new.${column}, '${table}', new.${rowId}, ${isOut});
    return null; end $$;
  create trigger _990_note_update after update on ${table} for each row
    when (old.${column} is distinct from new.${column}) execute function chaos_note_${table}();
  create trigger _990_note_insert after insert on ${table} for each row execute function chaos_note_${table}();`;

/** Has the database write down every number that a row takes, in the same transaction. */
export const NOTE_NUMBERS = `
  create table chaos_taken (n bigserial primary key, room_id uuid not null, version bigint not null, type text not null,
    row_id uuid not null, is_out boolean not null, at timestamptz not null default clock_timestamp());
  ${noteOn("message", "version", "id", "false")}
  ${noteOn("member", "version", "user_id", "new.left_at is not null")}
  ${noteOn("room", "settings_version", "id", "false")}
  insert into chaos_taken (room_id, version, type, row_id, is_out) select id, settings_version, 'room', id, false from room;`;

const MESSAGES = `
  select id, seq, version, author_id as "authorId", body, edited_at is not null as "isEdited", deleted_at is not null as "isDeleted",
    pinned_at is not null as "isPinned", reply_to as "replyTo", thread_root as "threadRoot", room_id as "roomId",
    client_id as "clientId", kind,
    coalesce((select json_agg(emoji || ' ' || user_id) from reaction where message_id = message.id), '[]') as reactions
  from message order by room_id, seq`;

const TAKEN = `select room_id as "roomId", version, type, row_id as "rowId", is_out as "isOut",
  extract(epoch from at)::float8 * 1000 as at from chaos_taken order by n`;

/** A recount in the plainest words, and not those of counts.ts. */
const RECOUNT = `
  select member.user_id as "userId", member.room_id as "roomId", receipt.last_read_seq as "lastReadSeq",
    count(m.id) filter (where m.author_id <> member.user_id and m.deleted_at is null and m.kind <> 'system' and m.seq > receipt.last_read_seq) as unread,
    count(mention.message_id) filter (where m.deleted_at is null and m.seq > receipt.last_read_seq) as mentions,
    coalesce(max(m.seq), 0) as "lastSeq"
  from member join receipt on receipt.room_id = member.room_id and receipt.user_id = member.user_id
  left join message m on m.room_id = member.room_id and m.thread_root is null
  left join mention on mention.message_id = m.id and mention.user_id = member.user_id
  where member.left_at is null group by 1, 2, 3`;

const RECOUNT_THREADS = `
  select f.user_id as "userId", f.root_id as "rootId", count(*) as unread from thread_follow f
  join member on member.room_id = f.room_id and member.user_id = f.user_id and member.left_at is null
  join message m on m.thread_root = f.root_id and m.seq > f.last_read_seq and m.author_id <> f.user_id and m.deleted_at is null
  where f.is_following group by 1, 2`;

/** Everything that the checker wants of the tables, in one snapshot. */
export async function readLedger(url: string, revoked: Ledger["revoked"]): Promise<Ledger> {
  return connected(url, async (client) => {
    const all = async <Row extends pg.QueryResultRow>(sql: string) => (await client.query<Row>(sql)).rows;
    await client.query("begin isolation level repeatable read read only");
    return {
      epoch: (await all<{ epoch: string }>("select feed_epoch() as epoch"))[0]?.epoch ?? "",
      rooms: await all("select id, version from room order by id"),
      messages: (await all<MessageRow>(MESSAGES)).map((row) => ({ ...row, reactions: row.reactions.sort() })),
      edits: await all(`select message_id as "messageId", body from message_edit order by version`),
      members: await all(`select room_id as "roomId", user_id as "userId", left_at is null as "isIn" from member`),
      taken: await all<Taken>(TAKEN),
      counts: countsOf(await all(RECOUNT), await all(RECOUNT_THREADS)),
      mentions: await all(`select user_id as "userId", message_id as "messageId", count(*) from mention group by 1, 2`),
      revoked,
    };
  });
}

type RoomCount = Counts & { userId: string; roomId: string };
type ThreadCount = { userId: string; rootId: string; unread: number };

function countsOf(rooms: RoomCount[], threads: ThreadCount[]): Ledger["counts"] {
  const counts: Ledger["counts"] = {};
  const of = (userId: string) => {
    counts[userId] ??= { rooms: {}, threads: {} };
    return counts[userId];
  };
  const most = (count: number) => Math.min(count, UNREAD_MAX);
  for (const { userId, roomId, unread, mentions, ...rest } of rooms)
    of(userId).rooms[roomId] = {
      unread: most(unread),
      mentions: most(mentions),
      lastReadSeq: rest.lastReadSeq,
      lastSeq: rest.lastSeq,
    };
  for (const { userId, rootId, unread } of threads) of(userId).threads[rootId] = most(unread);
  return counts;
}
