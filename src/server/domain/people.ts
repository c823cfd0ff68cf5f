import type pg from "pg";
import type { z } from "zod";
import type { FindPeople, Person, Profile, SetStatus, UpdateProfile } from "#shared/people.ts";
import { pool } from "../db/pool.ts";
import { PROFILE_COLUMNS, type ProfileRow, toProfile } from "../db/rows.ts";
import { noSuchPerson } from "../errors.ts";
import { roomFor } from "./rooms.ts";
import { likeText } from "./search-text.ts";

/** Whether person `u` is `$1`, or in a room with them: whoever else there is, they do not know of (R11). */
const IS_KNOWN = `(u.id = $1 or exists (
  select from member mine join member theirs on theirs.room_id = mine.room_id
  where mine.user_id = $1 and mine.left_at is null and theirs.user_id = u.id and theirs.left_at is null))`;

/** The people of these ids, all of whom somebody shares a room with and who are still here; else NOT_FOUND for all. */
export async function assertKnown(tx: pg.PoolClient, userId: string, ids: string[]): Promise<Person[]> {
  const wanted = [...new Set(ids)];
  const { rows } = await tx.query<Person>(
    `select u.id, u.username, u.display_name as name from unnest($2::uuid[]) with ordinality asked (id, place)
     join "user" u on u.id = asked.id where u.deactivated_at is null and ${IS_KNOWN} order by asked.place`,
    [userId, wanted],
  );
  if (rows.length < wanted.length) throw noSuchPerson();
  return rows;
}

const FIND = {
  name: "find-people",
  text: `select row_to_json(one) as row from (
      select ${PROFILE_COLUMNS} from "user" u
      where u.deactivated_at is null
        and (u.username::text like lower($2) || '%' or ' ' || lower(u.display_name) like '% ' || lower($2) || '%')
        and ${IS_KNOWN}
        and ($3::uuid is null or exists (select from member where room_id = $3 and user_id = u.id and left_at is null))
        and ($4::uuid is null or not exists (select from member where room_id = $4 and user_id = u.id and left_at is null))
      order by case when u.username::text like lower($2) || '%' then 0 when lower(u.display_name) like lower($2) || '%' then 1 else 2 end,
        lower(u.display_name), u.id limit $5) one`,
};

/** People whom I share a room with, by the beginning of a username or of a word of a name; usernames first. NOT_FOUND (a room). */
export async function findPeople(userId: string, asked: z.output<typeof FindPeople>): Promise<Profile[]> {
  for (const roomId of [asked.in, asked.notIn]) if (roomId) await roomFor(userId, roomId);
  const values = [userId, likeText(asked.query), asked.in ?? null, asked.notIn ?? null, asked.limit];
  const { rows } = await pool().query<{ row: ProfileRow }>({ ...FIND, values });
  return rows.map(({ row }) => toProfile(row));
}

/** Somebody whom I share a room with, or myself. NOT_FOUND. */
export async function profileOf(userId: string, otherId: string): Promise<Profile> {
  const { rows } = await pool().query<{ row: ProfileRow }>(
    `select row_to_json(one) as row from (select ${PROFILE_COLUMNS} from "user" u where u.id = $2 and ${IS_KNOWN}) one`,
    [userId, otherId],
  );
  const [found] = rows;
  if (!found) throw noSuchPerson();
  return toProfile(found.row);
}

export async function updateProfile(userId: string, { name, avatar }: UpdateProfile): Promise<Profile> {
  await pool().query(
    `update "user" set display_name = coalesce($2, display_name),
       avatar_hue = case when $3 then $4::smallint else avatar_hue end,
       avatar_initials = case when $3 then $5 else avatar_initials end
     where id = $1`,
    [userId, name ?? null, avatar !== undefined, avatar?.hue ?? null, avatar?.initials ?? null],
  );
  return profileOf(userId, userId);
}

/** Beyond it a date has five digits in its year, which one side or the other cannot read. */
const LATEST_MS = Date.UTC(9999, 0, 1);

/** Null clears it, and so does an `until` that is past: by the database's clock, for a node's own may be wrong by hours. */
export async function setStatus(userId: string, wanted: SetStatus["status"]): Promise<Profile> {
  const until = wanted?.until ? new Date(Math.min(Date.parse(wanted.until), LATEST_MS)) : null;
  await pool().query(
    `update "user" set status_emoji = case when is_over then '' else $2 end, status_text = case when is_over then '' else $3 end,
       status_until = case when is_over then null else $4::timestamptz end
     from (select coalesce($4::timestamptz <= clock_timestamp(), false) as is_over) asked where id = $1`,
    [userId, wanted?.emoji ?? "", wanted?.text ?? "", until],
  );
  return profileOf(userId, userId);
}
