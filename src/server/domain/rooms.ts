import type pg from "pg";
import type { Actor, Target } from "#shared/can.ts";
import { type Action, can } from "#shared/can.ts";
import type { ServerRole } from "#shared/people.ts";
import type { MemberRole, MyRoom, Room } from "#shared/rooms.ts";
import { MY_ROOMS, type MyRoomRow, toMyRoom } from "../db/my-rooms.ts";
import { pool } from "../db/pool.ts";
import { ROOM_COLUMNS, type RoomRow, toRoom } from "../db/rows.ts";
import { Together } from "../db/together.ts";
import { DomainError, noSuchRoom } from "../errors.ts";

/** Whoever does something. What they may is read with the room, not remembered: a socket is older than a demotion. */
export type Doer = { userId: string };

/** A room as one of its members stands in it; `version` is the room's number at this reading. */
export type Standing = { room: Room; role: MemberRole; serverRole: ServerRole; version: number };

const STANDING = `select asked.n, row_to_json(one) as row, member.role, "user".role as server_role, room.version
  from unnest($1::uuid[], $2::uuid[]) with ordinality as asked (room_id, user_id, n)
  join member on member.room_id = asked.room_id and member.user_id = asked.user_id and member.left_at is null
  join room on room.id = member.room_id join "user" on "user".id = member.user_id
  cross join lateral (select ${ROOM_COLUMNS} from room r where r.id = room.id) one`;

type StandingRow = { n: number; row: RoomRow; role: MemberRole; server_role: ServerRole; version: number };
type Asked = { userId: string; roomId: string };

async function standings(by: Pick<pg.Pool, "query">, asked: Asked[]): Promise<(StandingRow | undefined)[]> {
  const values = [asked.map(({ roomId }) => roomId), asked.map(({ userId }) => userId)];
  const { rows } = await by.query<StandingRow>({ name: "standings", text: STANDING, values });
  const found = new Map(rows.map((row) => [row.n, row]));
  return asked.map((_, place) => found.get(place + 1));
}

/** When everybody comes back at once, everybody proves every room that they had open: together. */
const standing = new Together((asked: Asked[]) => standings(pool(), asked));

/** Proves that somebody is in a room, or throws NOT_FOUND: the same for a wrong id and for a stranger (R11). */
export async function roomFor(userId: string, roomId: string): Promise<Standing> {
  return standingOf(await standing.ask({ userId, roomId }));
}

/**
 * The same, inside a transaction that is about to change something: locks the room first, as every verb does (R1), so that
 * what is proved here still holds at commit.
 */
export async function roomForChange(tx: pg.PoolClient, userId: string, roomId: string): Promise<Standing> {
  await lockRoom(tx, roomId);
  return standingOf((await standings(tx, [{ userId, roomId }]))[0]);
}

/** For those verbs that begin before there is a membership to prove; the others lock by `roomForChange`. */
export async function lockRoom(tx: pg.PoolClient, roomId: string): Promise<void> {
  await tx.query("select from room where id = $1 for no key update", [roomId]);
}

function standingOf(found: StandingRow | undefined): Standing {
  if (!found) throw noSuchRoom();
  return { room: toRoom(found.row), role: found.role, serverRole: found.server_role, version: found.version };
}

/** Throws ARCHIVED or NOT_ALLOWED, with `sentence`, unless `can` says yes. */
export function assertCan(
  { room, role, serverRole }: Pick<Standing, "room" | "role" | "serverRole">,
  action: Action,
  sentence: string,
  concerned: Pick<Target, "role" | "serverRole" | "isOwn"> = {},
): void {
  const actor: Actor = { serverRole, roomRole: role };
  const target = { ...room, ...concerned, isArchived: room.archivedAt !== null };
  if (can(actor, action, target)) return;
  if (target.isArchived && can(actor, action, { ...target, isArchived: false }))
    throw new DomainError("ARCHIVED", "This room is archived. Nothing can be changed here until it is restored.");
  throw new DomainError("NOT_ALLOWED", sentence);
}

/** Everything that somebody is in, archived rooms too, with what it holds for them: the lobby first, then by name. One statement. */
export async function roomsOf(userId: string): Promise<MyRoom[]> {
  const { rows } = await pool().query<MyRoomRow>({ name: "my-rooms", text: MY_ROOMS, values: [[userId]] });
  return rows.map(toMyRoom);
}
