import type { Message, MessageKind } from "#shared/messages.ts";
import type { Person } from "#shared/people.ts";
import type { Member, MemberRole, Room, RoomKind, RoomVisibility } from "#shared/rooms.ts";

/**
 * How a row becomes what travels. A page of history, a catch-up and a live change all come through here: with two
 * mappings, "old + changes = fresh" (R12) would be a hope.
 *
 * The rows arrive as JSON made by Postgres (row_to_json), so that one statement can read three tables in one order.
 */
export type MessageRow = {
  id: string;
  room_id: string;
  seq: number;
  version: number;
  client_id: string;
  kind: MessageKind;
  body: string;
  author_id: string;
  username: string;
  display_name: string;
  created_at: string;
  edited_at: string | null;
  deleted_at: string | null;
};

export type MemberRow = {
  room_id: string;
  user_id: string;
  username: string;
  display_name: string;
  role: MemberRole;
  joined_at: string;
  left_at: string | null;
  version: number;
};

export type RoomRow = {
  id: string;
  kind: RoomKind;
  visibility: RoomVisibility;
  slug: string | null;
  title: string;
  topic: string;
  is_lobby: boolean;
  archived_at: string | null;
  settings_version: number;
};

/** The columns of MessageRow: `from message m join "user" u on u.id = m.author_id`. A deleted body never leaves the database. */
export const MESSAGE_COLUMNS = `m.id, m.room_id, m.seq, m.version, m.client_id, m.kind,
  case when m.deleted_at is null then m.body else '' end as body,
  m.author_id, u.username, u.display_name, m.created_at, m.edited_at, m.deleted_at`;

/** The columns of MemberRow: `from member k join "user" u on u.id = k.user_id`. */
export const MEMBER_COLUMNS = `k.room_id, k.user_id, u.username, u.display_name, k.role, k.joined_at, k.left_at, k.version`;

/** The columns of RoomRow: `from room r`. */
export const ROOM_COLUMNS = `r.id, r.kind, r.visibility, r.slug, r.title, r.topic, r.is_lobby, r.archived_at, r.settings_version`;

const iso = (time: string): string => new Date(time).toISOString();
const isoOrNull = (time: string | null): string | null => (time === null ? null : iso(time));
const personOf = (id: string, row: { username: string; display_name: string }): Person => ({
  id,
  username: row.username,
  name: row.display_name,
});

export function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    roomId: row.room_id,
    seq: row.seq,
    version: row.version,
    clientId: row.client_id,
    kind: row.kind,
    body: row.body,
    author: personOf(row.author_id, row),
    createdAt: iso(row.created_at),
    editedAt: isoOrNull(row.edited_at),
    deletedAt: isoOrNull(row.deleted_at),
  };
}

export function toMember(row: MemberRow): Member {
  return {
    roomId: row.room_id,
    person: personOf(row.user_id, row),
    role: row.role,
    joinedAt: iso(row.joined_at),
    leftAt: isoOrNull(row.left_at),
    version: row.version,
  };
}

export function toRoom(row: RoomRow): Room {
  return {
    id: row.id,
    kind: row.kind,
    visibility: row.visibility,
    slug: row.slug,
    title: row.title,
    topic: row.topic,
    isLobby: row.is_lobby,
    archivedAt: isoOrNull(row.archived_at),
    version: row.settings_version,
  };
}
