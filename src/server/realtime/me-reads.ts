import type pg from "pg";
import { PEOPLE_KNOWN_MAX, SAVED_KNOWN_MAX } from "#shared/limits.ts";
import type { Presence, PresenceState, Profile } from "#shared/people.ts";
import type { MyRoom, Room, RoomCounts, UnreadThread } from "#shared/rooms.ts";
import { COUNT_COLUMNS, type CountRow, IS_CALLED, toCounts, UNREAD_REPLIES } from "../db/counts.ts";
import { MY_ROOMS, type MyRoomRow, toMyRoom } from "../db/my-rooms.ts";
import { PROFILE_COLUMNS, type ProfileRow, ROOM_COLUMNS, type RoomRow, toProfile, toRoom } from "../db/rows.ts";

/**
 * What `me.feed` says, read for many people in one statement each. Every one of them judges membership in the snapshot in
 * which it reads: nothing that was committed after somebody's removal can come out of it (R9).
 */
export type Pair = { roomId: string; userId: string };

/** What all nodes together know of somebody: online at any device, else away at any, else offline. A stray row of a dead node goes with its lease. */
const STATE = `case when bool_or(not is_away) then 'online' when count(*) > 0 then 'away' else 'offline' end as state`;

export async function roomsOfAsSystem(db: pg.Pool, userIds: string[]): Promise<Map<string, MyRoom[]>> {
  const { rows } = await db.query<MyRoomRow>({ name: "my-rooms", text: MY_ROOMS, values: [userIds] });
  return grouped(userIds, rows, toMyRoom);
}

/** Rooms' settings, and who of the people asked about is in them. */
export async function settingsAsSystem(db: pg.Pool, pairs: Pair[]): Promise<{ room: Room; userIds: string[] }[]> {
  const { rows } = await db.query<{ row: RoomRow; user_ids: string[] }>({
    name: "room-settings",
    text: `select row_to_json(one) as row, asked.user_ids from (
             select a.room_id, array_agg(a.user_id) as user_ids from unnest($1::uuid[], $2::uuid[]) a (room_id, user_id)
             join member k on k.room_id = a.room_id and k.user_id = a.user_id and k.left_at is null group by a.room_id) asked
           cross join lateral (select ${ROOM_COLUMNS} from room r where r.id = asked.room_id) one`,
    values: columns(pairs),
  });
  return rows.map((found) => ({ room: toRoom(found.row), userIds: found.user_ids }));
}

/** What rooms hold for members; who is not one is left out. */
export async function countsAsSystem(
  db: pg.Pool,
  pairs: Pair[],
): Promise<Map<string, (RoomCounts & { roomId: string })[]>> {
  const { rows } = await db.query<CountRow & { room_id: string; user_id: string }>({
    name: "counts",
    text: `select k.room_id, k.user_id, ${COUNT_COLUMNS} from unnest($1::uuid[], $2::uuid[]) asked (room_id, user_id)
           join member k on k.room_id = asked.room_id and k.user_id = asked.user_id and k.left_at is null
           left join receipt on receipt.room_id = k.room_id and receipt.user_id = k.user_id`,
    values: columns(pairs),
  });
  return grouped([], rows, (found) => ({ roomId: found.room_id, ...toCounts(found) }));
}

export type Known = { profile: Profile; presence: Presence };

/** Whom these people share a room with, themselves first, then whoever is here, then whoever was here last. */
export async function peopleOfAsSystem(db: pg.Pool, userIds: string[]): Promise<Map<string, Known[]>> {
  const { rows } = await db.query<{ user_id: string; row: ProfileRow; state: PresenceState }>({
    name: "people-of",
    // Who is here is gathered once: asked for each of a thousand people it took five times as long.
    text: `with here as materialized (select user_id, ${STATE} from presence group by user_id)
           select me.user_id, row_to_json(one) as row, one.state from unnest($1::uuid[]) me (user_id)
           cross join lateral (
             select ${PROFILE_COLUMNS}, coalesce(here.state, 'offline') as state from "user" u left join here on here.user_id = u.id
             where u.id in (
               select me.user_id union
               select other.user_id from member mine
               join member other on other.room_id = mine.room_id and other.left_at is null
               where mine.user_id = me.user_id and mine.left_at is null)
             order by u.id <> me.user_id, here.state is null, u.last_seen_at desc nulls last, u.id
             limit ${PEOPLE_KNOWN_MAX}) one`,
    values: [userIds],
  });
  return grouped(userIds, rows, toKnown);
}

/** Somebody, the rooms that they are in, and those that they came into and left a moment ago. */
export type About = Known & { roomIds: string[]; joinedRoomIds: string[]; leftRoomIds: string[] };

/** Longer than any hint is under way; what took longer is read anew as a whole (MeDesk.refresh). */
const A_MOMENT = "interval '1 minute'";

export async function aboutAsSystem(db: pg.Pool, userIds: string[]): Promise<About[]> {
  const { rows } = await db.query<AboutRow>({
    name: "about",
    text: `select row_to_json(one) as row, one.state,
             array(select room_id from member where user_id = one.id and left_at is null) as in_ids,
             array(select room_id from member where user_id = one.id and left_at is null and joined_at > now() - ${A_MOMENT}) as joined_ids,
             array(select room_id from member where user_id = one.id and left_at > now() - ${A_MOMENT}) as left_ids
           from (select ${PROFILE_COLUMNS}, here.state from "user" u
             cross join lateral (select ${STATE} from presence where presence.user_id = u.id) here
             where u.id = any($1::uuid[])) one`,
    values: [userIds],
  });
  return rows.map((found) => ({
    ...toKnown(found),
    roomIds: found.in_ids,
    joinedRoomIds: found.joined_ids,
    leftRoomIds: found.left_ids,
  }));
}

type AboutRow = {
  row: ProfileRow;
  state: PresenceState;
  in_ids: string[];
  joined_ids: string[];
  left_ids: string[];
};

const THREADS = `select f.user_id, f.root_id, f.room_id, ${UNREAD_REPLIES} as unread, ${IS_CALLED} as is_called
  from thread_follow f
  join member k on k.room_id = f.room_id and k.user_id = f.user_id and k.left_at is null`;

type ThreadRow = { user_id: string; root_id: string; room_id: string; unread: number; is_called: boolean };

/** Every thread that these people follow. */
export async function threadsOfAsSystem(db: pg.Pool, userIds: string[]): Promise<Map<string, UnreadThread[]>> {
  const { rows } = await db.query<ThreadRow>({
    name: "threads-of",
    text: `${THREADS} where f.user_id = any($1::uuid[]) and f.is_following`,
    values: [userIds],
  });
  return grouped(userIds, rows, toThread);
}

/** The threads to which something happened in these rooms between these numbers. */
export async function touchedThreadsAsSystem(
  db: pg.Pool,
  ranges: { roomId: string; from: number; to: number }[],
): Promise<{ roomId: string; rootId: string }[]> {
  const { rows } = await db.query<{ room_id: string; root_id: string }>({
    name: "touched-threads",
    // "offset 0" keeps the planner from looking for the replies first: it would walk all that there are.
    text: `select distinct asked.room_id, one.thread_root as root_id
           from unnest($1::uuid[], $2::bigint[], $3::bigint[]) asked (room_id, low, high)
           cross join lateral (select m.thread_root from message m
             where m.room_id = asked.room_id and m.version between asked.low and asked.high offset 0) one
           where one.thread_root is not null`,
    values: [ranges.map(({ roomId }) => roomId), ranges.map(({ from }) => from), ranges.map(({ to }) => to)],
  });
  return rows.map((found) => ({ roomId: found.room_id, rootId: found.root_id }));
}

/** Some threads of some people, for those who follow them. */
export async function threadsAsSystem(
  db: pg.Pool,
  asked: { userId: string; rootId: string }[],
): Promise<Map<string, UnreadThread[]>> {
  const { rows } = await db.query<ThreadRow>({
    name: "threads",
    text: `${THREADS} join unnest($1::uuid[], $2::uuid[]) asked (user_id, root_id)
             on f.user_id = asked.user_id and f.root_id = asked.root_id where f.is_following`,
    values: [asked.map(({ userId }) => userId), asked.map(({ rootId }) => rootId)],
  });
  return grouped([], rows, toThread);
}

/** What these people saved last and may still see. */
export async function savedOfAsSystem(db: pg.Pool, userIds: string[]): Promise<Map<string, string[]>> {
  const { rows } = await db.query<{ user_id: string; message_id: string }>({
    name: "saved-of",
    text: `select me.user_id, one.message_id from unnest($1::uuid[]) me (user_id)
           cross join lateral (
             select s.message_id, s.saved_at from saved s join message m on m.id = s.message_id
             join member k on k.room_id = m.room_id and k.user_id = s.user_id and k.left_at is null
             where s.user_id = me.user_id order by s.saved_at desc, s.message_id limit ${SAVED_KNOWN_MAX}) one
           order by one.saved_at desc, one.message_id`,
    values: [userIds],
  });
  return grouped(userIds, rows, (found) => found.message_id);
}

const columns = (pairs: Pair[]) => [pairs.map(({ roomId }) => roomId), pairs.map(({ userId }) => userId)];

const toThread = (found: ThreadRow): UnreadThread => ({
  rootId: found.root_id,
  roomId: found.room_id,
  unread: found.unread,
  isCalled: found.is_called,
});

function toKnown({ row, state }: { row: ProfileRow; state: PresenceState }): Known {
  const profile = toProfile(row);
  return { profile, presence: { userId: profile.id, state, lastSeenAt: profile.lastSeenAt } };
}

/** By person, in the order of the rows; `userIds` have an entry each, also an empty one. */
function grouped<Row extends { user_id: string }, Made>(
  userIds: string[],
  rows: Row[],
  make: (row: Row) => Made,
): Map<string, Made[]> {
  const byPerson = new Map<string, Made[]>(userIds.map((userId) => [userId, []]));
  for (const row of rows) {
    const made = byPerson.get(row.user_id) ?? [];
    byPerson.set(row.user_id, made);
    made.push(make(row));
  }
  return byPerson;
}
