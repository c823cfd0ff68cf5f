import { expect } from "vitest";
import type { Doer } from "#server/domain/rooms.ts";
import type { MemberRole } from "#shared/rooms.ts";
import { appoint } from "./conversation.ts";
import type { Somebody, World } from "./world.ts";

/** A room and who is in it, for the tests of the verbs that change that. */
export const as = (who: Somebody): Doer => ({ userId: who.id });

/** Somebody with a role on the server, which is read where it stands: in their row. */
export async function asAdmin(world: World, who: Somebody): Promise<Doer> {
  await world.pool.query(`update "user" set role = 'admin' where id = $1`, [who.id]);
  return as(who);
}

export const refused = (code: string) => expect.objectContaining({ code });

/** A private channel: ana owns it, ben is a member, robin was one; cleo shares another room with ana and ben, dana shares none. */
export async function membership(world: World) {
  const [ana, ben, cleo, dana, robin] = await Promise.all(
    ["ana", "ben", "cleo", "dana", "robin"].map((name) => world.person(name)),
  );
  if (!ana || !ben || !cleo || !dana || !robin) throw new Error("The cast is incomplete.");
  const roomId = await world.room(ana, ben, robin);
  await world.room(ana, ben, cleo);
  await world.remove(robin, roomId);
  await settings(world, roomId, "visibility = 'private'");
  await appoint(world, roomId, ana, "owner");
  return { ana, ben, cleo, dana, robin, roomId };
}

export const settings = (world: World, roomId: string, set: string) =>
  world.pool.query(`update room set ${set} where id = $1`, [roomId]);

/** Who is in, by name, and as what. */
export async function membersIn(world: World, roomId: string): Promise<Record<string, MemberRole>> {
  const { rows } = await world.pool.query<{ name: string; role: MemberRole }>(
    `select display_name as name, k.role from member k join "user" u on u.id = user_id
     where room_id = $1 and left_at is null order by 1`,
    [roomId],
  );
  return Object.fromEntries(rows.map(({ name, role }) => [name, role]));
}

/** What the room was told of it. */
export async function words(world: World, roomId: string): Promise<string[]> {
  const { rows } = await world.pool.query<{ text: string }>(
    `select display_name || ' ' || body as text from message m join "user" u on u.id = author_id
     where room_id = $1 and kind = 'system' order by seq`,
    [roomId],
  );
  return rows.map(({ text }) => text);
}
