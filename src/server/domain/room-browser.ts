import type { z } from "zod";
import { PAGE_SIZE } from "#shared/limits.ts";
import type { BrowsedRoom, BrowsedRooms, BrowseRoomsInput, NamedRoom } from "#shared/rooms.ts";
import { pool } from "../db/pool.ts";
import { ROOM_COLUMNS, type RoomRow, toRoom } from "../db/rows.ts";
import { noSuchRoom } from "../errors.ts";
import { likeText } from "./search-text.ts";

/**
 * By title, fifty at a time. Channels have titles of their own, but archived groups may share one: a page ends with the
 * last of a title (WITH TIES), so that "after this title" loses none.
 */
const BROWSE = `
  with visible as (
    select r.id, lower(r.title) as name, mine.user_id is not null as is_member
    from room r left join member mine on mine.room_id = r.id and mine.user_id = $1 and mine.left_at is null
    where (r.archived_at is not null) = $2
      and ((r.kind = 'channel' and r.visibility = 'public') or ($2 and mine.user_id is not null))
      and (lower(r.title) like '%' || lower($3) || '%' or lower(r.topic) like '%' || lower($3) || '%')
  ), page as (
    select * from visible where $4::text is null or name > lower($4) order by name fetch first ${PAGE_SIZE} rows with ties
  )
  select row_to_json(one) as row, page.is_member,
    (select count(*) from member where room_id = page.id and left_at is null) as member_count,
    exists (select from visible where name > (select max(name) from page)) as has_more
  from page cross join lateral (select ${ROOM_COLUMNS} from room r where r.id = page.id) one
  order by page.name, page.id`;

type ChannelRow = { row: RoomRow; is_member: boolean; member_count: number };
type BrowsedRow = ChannelRow & { has_more: boolean };

/** Public channels; or, when `isArchived`, those that are archived and my archived rooms. */
export async function browseRooms(
  userId: string,
  { query, after, isArchived }: z.output<typeof BrowseRoomsInput>,
): Promise<BrowsedRooms> {
  const values = [userId, isArchived, likeText(query.replace(/^#/, "")), after ?? null];
  const { rows } = await pool().query<BrowsedRow>({ name: "browse-rooms", text: BROWSE, values });
  return { rooms: rows.map(toBrowsed), hasMore: rows[0]?.has_more ?? false };
}

function toBrowsed({ row, member_count, is_member }: ChannelRow): BrowsedRoom {
  return { room: toRoom(row), memberCount: member_count, isMember: is_member };
}

const PUBLIC = `
  select row_to_json(one) as row,
    exists (select from member where room_id = $1 and user_id = $2 and left_at is null) as is_member,
    (select count(*) from member where room_id = $1 and left_at is null) as member_count
  from (select ${ROOM_COLUMNS} from room r
    where r.id = $1 and r.kind = 'channel' and r.visibility = 'public') one`;

/** What anybody here may know of a public channel. NOT_FOUND for every other room, the asker's own too (R11). */
export async function publicChannel(userId: string, roomId: string): Promise<BrowsedRoom> {
  const { rows } = await pool().query<ChannelRow>({ name: "public-channel", text: PUBLIC, values: [roomId, userId] });
  const [found] = rows;
  if (!found) throw noSuchRoom();
  return toBrowsed(found);
}

/** The public channels among these names, archived ones aside, in any order. */
export async function channelsNamed(slugs: string[]): Promise<NamedRoom[]> {
  const { rows } = await pool().query<NamedRoom>({
    name: "channels-named",
    text: `select id, slug from room
      where slug = any($1::citext[]) and kind = 'channel' and visibility = 'public' and archived_at is null`,
    values: [slugs],
  });
  return rows;
}
