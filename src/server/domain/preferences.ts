import type { z } from "zod";
import type { SetRoomPreference } from "#shared/rooms.ts";
import { pool } from "../db/pool.ts";
import { noSuchRoom } from "../errors.ts";

/** How much of a room reaches me, and whether it stands on top. Mine alone: no number of the room, so no lock of it. NOT_FOUND. */
export async function setRoomPreference(
  userId: string,
  { roomId, level, isFavourite }: z.output<typeof SetRoomPreference>,
): Promise<void> {
  const { rowCount } = await pool().query(
    `update member set level = coalesce($3, level), is_favourite = coalesce($4, is_favourite)
     where room_id = $1 and user_id = $2 and left_at is null`,
    [roomId, userId, level ?? null, isFavourite ?? null],
  );
  if (rowCount === 0) throw noSuchRoom();
}
