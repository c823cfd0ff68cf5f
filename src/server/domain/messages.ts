import { cursorOf } from "#shared/feed.ts";
import { PAGE_SIZE } from "#shared/limits.ts";
import type { MessagePage } from "#shared/messages.ts";
import { THE_END } from "../db/counts.ts";
import { pool } from "../db/pool.ts";
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from "../db/rows.ts";
import { noSuchMessage, noSuchRoom } from "../errors.ts";

/**
 * Messages in the order of a unique index, below or from a place. Said as a comparison of rows, not as "this room, and seq
 * below": for that Postgres guesses how long the average room is, and in the one room that is a thousand times longer
 * reads all of it to sort fifty (250 ms instead of 1, see docs/performance.md). So there is one plan for every room.
 */
type Order = { column: string; value: string; only: string };
const TIMELINE: Order = { column: "m.room_id", value: "$1::uuid", only: "m.thread_root is null" };

const below = ({ column, value, only }: Order, place: string) =>
  `${only} and (${column}, m.seq) < (${value}, ${place}) and (${column}, m.seq) >= (${value}, 0)
   order by ${column} desc, m.seq desc`;
const from = ({ column, value, only }: Order, place: string) =>
  `${only} and (${column}, m.seq) >= (${value}, ${place}) and (${column}, m.seq) <= (${value}, ${THE_END})
   order by ${column}, m.seq`;

const OF_A_MEMBER = `select room.id, room.version from member join room on room.id = member.room_id
  where member.room_id = $1 and member.user_id = $2 and member.left_at is null`;
const OF_ANYBODY = "select room.id, room.version from room where room.id = $1 and $2::uuid is null";

/**
 * A page of messages around a place: `$4` below the place `$3`, `$5` from it on. It reads its own rows and one more at
 * each end, however long the order is.
 *
 * Membership, the rows, what they quote, and the number and epoch at which all that was true are one statement: the feed
 * goes on from that cursor, and anything between two statements would be lost to it.
 */
export const pageOf = (order: Order, standing = OF_A_MEMBER) => `
  with standing as (${standing}), page as materialized (
    select below.* from standing cross join lateral (
      select ${MESSAGE_COLUMNS} from message m join "user" u on u.id = m.author_id where ${below(order, "$3::bigint")} limit $4) below
    union all
    select above.* from standing cross join lateral (
      select ${MESSAGE_COLUMNS} from message m join "user" u on u.id = m.author_id where ${from(order, "$3::bigint")} limit $5) above
  ), quoted as (
    select ${MESSAGE_COLUMNS} from message m join "user" u on u.id = m.author_id
    where m.id = any(array(select reply_to from page except select id from page)) and m.room_id = $1
  )
  select (select feed_epoch()) as epoch, standing.version,
    (select json_agg(page order by seq) from page) as messages,
    (select json_agg(quoted order by seq) from quoted) as quoted,
    (select m.seq from message m where ${below(order, "coalesce((select min(seq) from page), $3)")} limit 1) is not null as has_older,
    (select m.seq from message m where ${from(order, "coalesce((select max(seq) from page) + 1, $3)")} limit 1) is not null as has_newer
  from standing`;

export type PageRow = {
  epoch: string;
  version: number;
  messages: MessageRow[] | null;
  quoted: MessageRow[] | null;
  has_older: boolean;
  has_newer: boolean;
};

export function toPage(row: PageRow): MessagePage {
  return {
    messages: (row.messages ?? []).map(toMessage),
    quoted: (row.quoted ?? []).map(toMessage),
    hasOlder: row.has_older,
    hasNewer: row.has_newer,
    cursor: cursorOf(row.epoch, row.version),
  };
}

const TIMELINE_PAGE = { name: "timeline-page", text: pageOf(TIMELINE) };

const NEWEST_PAGE = { name: "newest-page", text: pageOf(TIMELINE, OF_ANYBODY) };

type Place = { at: number; below: number; from: number };

async function timelinePage(userId: string, roomId: string, { at, below, from }: Place): Promise<MessagePage | null> {
  const { rows } = await pool().query<PageRow>({ ...TIMELINE_PAGE, values: [roomId, userId, at, below, from] });
  return rows[0] ? toPage(rows[0]) : null;
}

/** The page of the timeline that ends just below `before`; without it, the newest. NOT_FOUND for strangers. */
export async function pageBefore(
  userId: string,
  roomId: string,
  { before, limit = PAGE_SIZE }: { before?: number | undefined; limit?: number },
): Promise<MessagePage> {
  const page = await timelinePage(userId, roomId, { at: before ?? THE_END, below: limit, from: 0 });
  if (!page) throw noSuchRoom();
  return page;
}

/** The newest page of the timeline, the same for every member. Who may see it is to be proved after it was read. NOT_FOUND. */
export async function newestPageAsSystem(roomId: string): Promise<MessagePage> {
  const { rows } = await pool().query<PageRow>({ ...NEWEST_PAGE, values: [roomId, null, THE_END, PAGE_SIZE, 0] });
  if (!rows[0]) throw noSuchRoom();
  return toPage(rows[0]);
}

/** The page of the timeline that begins just above `after`. NOT_FOUND for strangers. */
export async function pageAfter(
  userId: string,
  roomId: string,
  { after, limit = PAGE_SIZE }: { after: number; limit?: number },
): Promise<MessagePage> {
  const page = await timelinePage(userId, roomId, { at: after + 1, below: 0, from: limit });
  if (!page) throw noSuchRoom();
  return page;
}

/** The page of the timeline around a message; of a reply, around its root. NOT_FOUND. */
export async function pageAround(userId: string, messageId: string, limit = PAGE_SIZE): Promise<MessagePage> {
  // Two statements: a message keeps its room and its place, so nothing can come between.
  const { rows } = await pool().query<{ room_id: string; seq: number }>({
    name: "place-in-timeline",
    text: `select m.room_id, coalesce(root.seq, m.seq) as seq from message m left join message root on root.id = m.thread_root
           where m.id = $1`,
    values: [messageId],
  });
  const [place] = rows;
  const below = Math.floor(limit / 2);
  const page = place && (await timelinePage(userId, place.room_id, { at: place.seq, below, from: limit - below }));
  if (!page) throw noSuchMessage();
  return page;
}
