import { REPLIES_COUNTED_MAX } from "#shared/limits.ts";
import type { Message, MessageKind } from "#shared/messages.ts";
import type { Person, Profile, ServerRole } from "#shared/people.ts";
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
  reply_to: string | null;
  thread_root: string | null;
  pinned_at: string | null;
  pinned_by: string | null;
  reactions: { emoji: string; user_ids: string[] }[] | null;
  thread: { count: number; last_at: string; people: PersonRow[] } | null;
};

type PersonRow = { id: string; username: string; display_name: string };

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
  created_by: string | null;
  people: PersonRow[] | null;
  settings_version: number;
};

export type ProfileRow = PersonRow & {
  role: ServerRole;
  avatar_hue: number | null;
  avatar_initials: string | null;
  status_emoji: string;
  status_text: string;
  status_until: string | null;
  deactivated_at: string | null;
  last_seen_at: string | null;
};

/**
 * The columns of MessageRow: `from message m join "user" u on u.id = m.author_id`. A deleted body never leaves the database.
 *
 * Whoever reacts to a message or answers it gives it a new number. One that still has its first has neither, and is not
 * asked: what is newly sent, nearly all that ever travels, costs no more than without them.
 */
export const MESSAGE_COLUMNS = `m.id, m.room_id, m.seq, m.version, m.client_id, m.kind,
  case when m.deleted_at is null then m.body else '' end as body,
  m.author_id, u.username, u.display_name, m.created_at, m.edited_at, m.deleted_at,
  m.reply_to, m.thread_root, m.pinned_at, m.pinned_by,
  case when m.version <> m.seq and m.deleted_at is null then (
    select json_agg(json_build_object('emoji', emoji, 'user_ids', user_ids) order by first_at, emoji) from (
      select emoji, min(created_at) as first_at, json_agg(user_id order by created_at, user_id) as user_ids
      from reaction where message_id = m.id group by emoji) by_emoji) end as reactions,
  case when m.version <> m.seq and m.thread_root is null then (
    select json_build_object('count', count(*), 'last_at', max(created_at), 'people', (
      select json_agg(json_build_object('id', p.id, 'username', p.username, 'display_name', p.display_name) order by last_seq desc) from (
        select author_id, max(seq) as last_seq from (
          select author_id, seq from message where thread_root = m.id and deleted_at is null order by seq desc limit 20) latest
        group by author_id order by last_seq desc limit 3) repliers join "user" p on p.id = repliers.author_id))
    from (select created_at from message where thread_root = m.id and deleted_at is null
      order by seq desc limit ${REPLIES_COUNTED_MAX}) replies having count(*) > 0) end as thread`;

/** The columns of MemberRow: `from member k join "user" u on u.id = k.user_id`. */
export const MEMBER_COLUMNS = `k.room_id, k.user_id, u.username, u.display_name, k.role, k.joined_at, k.left_at, k.version`;

/** The columns of RoomRow: `from room r`. */
export const ROOM_COLUMNS = `r.id, r.kind, r.visibility, r.slug, r.title, r.topic, r.is_lobby, r.archived_at, r.created_by,
  case when r.kind = 'direct' then (
    select json_agg(json_build_object('id', p.id, 'username', p.username, 'display_name', p.display_name) order by p.id)
    from "user" p where p.id = any(string_to_array(r.direct_key, '__')::uuid[])) end as people,
  r.settings_version`;

/** The columns of ProfileRow: `from "user" u`. */
export const PROFILE_COLUMNS = `u.id, u.username, u.display_name, u.role, u.avatar_hue, u.avatar_initials,
  u.status_emoji, u.status_text, u.status_until, u.deactivated_at, u.last_seen_at`;

const iso = (time: string): string => new Date(time).toISOString();
const isoOrNull = (time: string | null): string | null => (time === null ? null : iso(time));
const personOf = (id: string, row: { username: string; display_name: string }): Person => ({
  id,
  username: row.username,
  name: row.display_name,
});
const toPerson = (row: PersonRow): Person => personOf(row.id, row);

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
    replyTo: row.reply_to,
    threadRoot: row.thread_root,
    pinned: row.pinned_at && row.pinned_by ? { at: iso(row.pinned_at), by: row.pinned_by } : null,
    reactions: (row.reactions ?? []).map(({ emoji, user_ids }) => ({ emoji, userIds: user_ids })),
    thread: row.thread && {
      count: row.thread.count,
      lastAt: iso(row.thread.last_at),
      people: row.thread.people.map(toPerson),
    },
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
    createdBy: row.created_by,
    people: row.people?.map(toPerson) ?? null,
    version: row.settings_version,
  };
}

export function toProfile(row: ProfileRow): Profile {
  const hasStatus = row.status_emoji !== "" || row.status_text !== "";
  return {
    ...toPerson(row),
    role: row.role,
    avatar: { hue: row.avatar_hue, initials: row.avatar_initials },
    status: hasStatus ? { emoji: row.status_emoji, text: row.status_text, until: isoOrNull(row.status_until) } : null,
    isDeactivated: row.deactivated_at !== null,
    lastSeenAt: isoOrNull(row.last_seen_at),
  };
}
