import { z } from "zod";
import { cursorOf } from "#shared/feed.ts";
import { Id } from "#shared/identifiers.ts";
import type { MemberPage, MembersInput } from "#shared/rooms.ts";
import { pool } from "../db/pool.ts";
import { MEMBER_COLUMNS, type MemberRow, toMember } from "../db/rows.ts";
import { DomainError, noSuchRoom } from "../errors.ts";

/**
 * One statement, as for a page of messages: the list, and the number and epoch at which it was true. Roles sort as their
 * type lists them: owners, moderators, members.
 */
const MEMBERS_OF = {
  name: "members-of",
  text: `select (select feed_epoch()) as epoch, room.version, one.row, one.sort_name, counted.total
         from member mine join room on room.id = mine.room_id
         cross join lateral (select count(*) as total from member where room_id = room.id and left_at is null) counted
         left join lateral (
           select row_to_json(found) as row, found.sort_name, found.role, found.user_id from (
             select ${MEMBER_COLUMNS}, lower(u.display_name) as sort_name from member k join "user" u on u.id = k.user_id
             where k.room_id = room.id and k.left_at is null
               and ($3::member_role is null or (k.role, lower(u.display_name), k.user_id) > ($3, $4::text, $5::uuid))
             order by k.role, lower(u.display_name), k.user_id limit $6) found) one on true
         where mine.room_id = $1 and mine.user_id = $2 and mine.left_at is null
         order by one.role, one.sort_name, one.user_id`,
};

type ListRow = { epoch: string; version: number; row: MemberRow | null; sort_name: string; total: number };

const Place = z.tuple([z.enum(["owner", "moderator", "member"]), z.string().regex(/^\P{Cc}*$/u), Id]);

/** Members: owners, moderators, members, each by name. NOT_FOUND, INVALID for an `after` that is none of ours. */
export async function membersOf(
  userId: string,
  { roomId, after, limit }: z.output<typeof MembersInput>,
): Promise<MemberPage> {
  const place = after === undefined ? [null, null, null] : placeOf(after);
  const { rows } = await pool().query<ListRow>({ ...MEMBERS_OF, values: [roomId, userId, ...place, limit + 1] });
  const [first] = rows;
  if (!first) throw noSuchRoom();
  const found = rows.flatMap(({ row, sort_name }) => (row ? [{ row, sort_name }] : []));
  const last = found.length > limit ? found[limit - 1] : undefined;
  return {
    members: found.slice(0, limit).map(({ row }) => toMember(row)),
    total: first.total,
    next: last ? placeToText([last.row.role, last.sort_name, last.row.user_id]) : null,
    cursor: cursorOf(first.epoch, first.version),
  };
}

const placeToText = (place: z.output<typeof Place>): string => Buffer.from(JSON.stringify(place)).toString("base64url");

function placeOf(text: string): z.output<typeof Place> {
  try {
    return Place.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
  } catch (cause) {
    throw new DomainError("INVALID", "That is not a place in this list. Ask for it from the beginning.", { cause });
  }
}
