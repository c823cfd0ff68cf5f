import type pg from "pg";
import type { Person, ServerRole } from "#shared/people.ts";
import type { MemberRole, Room } from "#shared/rooms.ts";
import { DomainError, noSuchPerson } from "../errors.ts";

// Rows of `member`, for the verbs that hold the room's lock: under it "is there a row?" has one answer, and no upsert is
// needed. Never ON CONFLICT here: it would take a number for a row that it does not write.

/** Takes people in, or in again. Answers who came; who is in already stays as they are. */
export async function takeIn(
  tx: pg.PoolClient,
  roomId: string,
  userIds: string[],
  role: MemberRole = "member",
): Promise<string[]> {
  const asked = [...new Set(userIds)];
  const { rows: again } = await tx.query<{ user_id: string }>(
    `update member set left_at = null, joined_at = clock_timestamp(), role = $3
     where room_id = $1 and user_id = any($2::uuid[]) and left_at is not null returning user_id`,
    [roomId, asked, role],
  );
  const { rows: anew } = await tx.query<{ user_id: string }>(
    `insert into member (room_id, user_id, role, joined_at)
     select $1, asked.id, $3, clock_timestamp() from unnest($2::uuid[]) asked (id)
     where not exists (select from member where room_id = $1 and user_id = asked.id) returning user_id`,
    [roomId, asked, role],
  );
  return [...again, ...anew].map((row) => row.user_id);
}

/** Of a room, as many of the messages that changed last are looked through for the names of those who are taken in. */
const RECENT = 50;

/**
 * Calls newcomers by what named them of late, when nobody told them: it is a mention after all, and their reading begins
 * there, in the room or in the thread.
 */
export async function callByRecent(tx: pg.PoolClient, roomId: string, userIds: string[]): Promise<void> {
  await tx.query(
    `with called as (
       insert into mention (user_id, room_id, seq, message_id, thread_root)
       select u.id, m.room_id, m.seq, m.id, m.thread_root
       from (select * from message where room_id = $1 order by version desc limit ${RECENT}) m
       join "user" u on u.id = any($2::uuid[]) and u.username = any(string_to_array(m.mentions, ',')::citext[])
       where m.deleted_at is null and m.author_id <> u.id
       on conflict do nothing returning user_id, seq, thread_root),
     followed as (
       insert into thread_follow (root_id, user_id, room_id, last_read_seq, from_seq)
       select thread_root, user_id, $1, min(seq) - 1, min(seq) - 1 from called where thread_root is not null
       group by thread_root, user_id on conflict do nothing)
     update receipt r set last_read_seq = first.seq - 1, last_delivered_seq = first.seq - 1, from_seq = first.seq - 1
     from (select user_id, min(seq) as seq from called where thread_root is null group by user_id) first
     where r.room_id = $1 and r.user_id = first.user_id`,
    [roomId, userIds],
  );
}

export async function endMembership(tx: pg.PoolClient, roomId: string, userId: string): Promise<void> {
  await tx.query(
    "update member set left_at = clock_timestamp() where room_id = $1 and user_id = $2 and left_at is null",
    [roomId, userId],
  );
}

type MemberRow = { id: string; username: string; display_name: string; role: MemberRole; server_role: ServerRole };

/** A member as they stand in a room. NOT_FOUND for everybody else, whether there is such a person or not (R11). */
export async function memberIn(
  tx: pg.PoolClient,
  roomId: string,
  userId: string,
): Promise<{ person: Person; role: MemberRole; serverRole: ServerRole }> {
  const { rows } = await tx.query<MemberRow>(
    `select u.id, u.username, u.display_name, k.role, u.role as server_role from member k join "user" u on u.id = k.user_id
     where k.room_id = $1 and k.user_id = $2 and k.left_at is null`,
    [roomId, userId],
  );
  const [found] = rows;
  if (!found) throw noSuchPerson();
  const person = { id: found.id, username: found.username, name: found.display_name };
  return { person, role: found.role, serverRole: found.server_role };
}

/** Who else is in a room and can act. */
export async function othersIn(
  tx: pg.PoolClient,
  roomId: string,
  userId: string,
): Promise<{ owners: number; members: number }> {
  const { rows } = await tx.query<{ owners: number; members: number }>(
    `select count(*) filter (where k.role = 'owner') as owners, count(*) as members
     from member k join "user" u on u.id = k.user_id and u.deactivated_at is null
     where k.room_id = $1 and k.user_id <> $2 and k.left_at is null`,
    [roomId, userId],
  );
  return rows[0] ?? { owners: 0, members: 0 };
}

/** Throws LAST_OWNER when nobody else owns the room. The lobby belongs to the server: it does without. */
export async function assertAnotherOwner(tx: pg.PoolClient, room: Room, userId: string): Promise<void> {
  if (!room.isLobby && (await othersIn(tx, room.id, userId)).owners === 0) throw lastOwner();
}

export function lastOwner(): DomainError {
  return new DomainError("LAST_OWNER", "A room needs an owner. Make somebody else an owner first.");
}
