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
