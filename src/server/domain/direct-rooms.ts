import type pg from "pg";
import { newId } from "#shared/ids.ts";
import type { Room } from "#shared/rooms.ts";
import { breaks } from "../db/sqlstate.ts";
import { inTransaction } from "../db/transaction.ts";
import { takeIn } from "./membership.ts";
import { assertKnown } from "./people.ts";
import { type Doer, lockRoom, roomForChange } from "./rooms.ts";

/**
 * The one direct room with somebody, or with oneself; made at the first call, found at every other. When two people start
 * it at the same instant the second insert waits for the first and breaks the key: asked again, it finds the room.
 * NOT_FOUND for whom one shares no room with.
 */
export function directRoom(doer: Doer, otherId: string): Promise<Room> {
  const open = () => inTransaction((tx) => findOrMake(tx, doer, otherId));
  return open().catch((error) => {
    if (breaks(error, "room_direct_key_key")) return open();
    throw error;
  });
}

async function findOrMake(tx: pg.PoolClient, doer: Doer, otherId: string): Promise<Room> {
  await assertKnown(tx, doer.userId, [otherId]);
  const pair = [doer.userId, otherId].sort();
  const { rows } = await tx.query<{ id: string }>("select id from room where direct_key = $1", [pair.join("__")]);
  const roomId = rows[0]?.id ?? newId();
  if (rows[0]) await lockRoom(tx, roomId);
  else
    await tx.query(
      "insert into room (id, kind, visibility, direct_key, created_by) values ($1, 'direct', 'private', $2, $3)",
      [roomId, pair.join("__"), doer.userId],
    );
  // Both are members and no more: an owner could delete what the other said.
  await takeIn(tx, roomId, pair);
  return (await roomForChange(tx, doer.userId, roomId)).room;
}
