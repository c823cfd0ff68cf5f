import { type Batch, type Change, parseCursor } from "#shared/feed.ts";
import type { Message, MessagePage } from "#shared/messages.ts";
import type { Member, Room } from "#shared/rooms.ts";

/** A stretch of the timeline in which every row is known, both ends included. */
export type Visit = { floor: number; ceiling: number; hasOlder: boolean; hasNewer: boolean };

/** The newest replies of a thread: every one from `floor` on. `isFollowing` and `lastReadSeq` are mine, and ride no room's feed. */
export type ThreadWindow = { floor: number; hasOlder: boolean; isFollowing: boolean; lastReadSeq: number };

/**
 * A room as this device knows it. Rows only ever grow newer: each is replaced by one of a higher version and by nothing
 * else, so batches may repeat, pages may overlap them, and the end is the same (R12).
 */
export type RoomState = {
  room: Room | null;
  /**
   * Every row ever learned, by id: also rows outside the windows, which a change, a quote or a pin may bring before their
   * page does. Which of them are shown is the windows' matter.
   */
  messages: ReadonlyMap<string, Message>;
  members: ReadonlyMap<string, Member>;
  /** The lowest seq from which every row of the timeline is known. What lies below is not shown. */
  floor: number;
  hasOlder: boolean;
  /** A stretch of the timeline further up, where one has jumped; null while the newest messages are shown. */
  visit: Visit | null;
  /** The threads that were opened, by their root. */
  threads: ReadonlyMap<string, ThreadWindow>;
  /** Where the feed stands: everything up to here is in the rows. Null before the first page. */
  cursor: string | null;
  /**
   * The cursor to which the last reset led; empty before one. What was asked before it has to be asked again. With its
   * epoch: history that went back may come to the same number twice, and rows of the one are ghosts in the other.
   */
  resetAt: string;
  /** The version from which on pages are taken: of an older one, rows that it lacks or has as they were may be gone from here. */
  pagesFrom: number;
};

/** What a batch answers that begins after what we know: rows are missing, and the feed has to be asked again from our cursor. */
export const GAP = "gap";

export function emptyRoom(): RoomState {
  const windows = { floor: 0, hasOlder: false, visit: null, threads: new Map() };
  return { room: null, messages: new Map(), members: new Map(), ...windows, cursor: null, resetAt: "", pagesFrom: 0 };
}

/** A first page and the settings, as a server component or a test reads them. */
export function fromSnapshot({ room, page }: { room: Room; page: MessagePage }): RoomState {
  return applyPage({ ...emptyRoom(), room }, page);
}

/** Takes in what the feed yields. `cursor` is the id that came with it. */
export function applyBatch(state: RoomState, batch: Batch, cursor: string): RoomState | typeof GAP {
  if (batch.reset) return upsert({ ...afterReset(batch), cursor, resetAt: cursor }, batch.changes);
  const known = versionOf(state);
  if (batch.from > known) return GAP;
  if (batch.to <= known) return { ...state, cursor: state.cursor ?? cursor };
  return upsert({ ...state, cursor }, batch.changes);
}

/** Takes in a page of history. Only the first one moves the cursor: a later one is read ahead of the feed, not instead of it. */
export function applyPage(state: RoomState, page: MessagePage): RoomState {
  if (isOutdated(state, page.cursor)) return state;
  const isFirst = state.cursor === null;
  const floor = page.hasOlder ? lowestSeq(page.messages) : 0;
  return {
    ...applyRows(state, [...page.messages, ...page.quoted]),
    cursor: state.cursor ?? page.cursor,
    floor: isFirst ? floor : Math.min(state.floor, floor),
    hasOlder: isFirst || floor <= state.floor ? page.hasOlder : state.hasOlder,
  };
}

/** Takes in rows that are in no window of their own: quotes, roots, pins. */
export function applyRows(state: RoomState, rows: readonly Message[]): RoomState {
  return upsert(
    state,
    rows.map((message) => ({ type: "message", version: message.version, message })),
  );
}

/**
 * What was read too early to be taken. Either history went backwards, and the feed is about to say so with a reset; or rows
 * were let go since, at a reset or a trim, and with this page what was said or changed in between would be missing.
 */
export function isOutdated(state: RoomState, cursor: string): boolean {
  const { epoch, version } = parseCursor(cursor);
  return state.cursor !== null && (parseCursor(state.cursor).epoch !== epoch || version < state.pagesFrom);
}

/** What the newest end of the list shows, oldest first. */
export function visibleMessages(state: RoomState): Message[] {
  return timelineBetween(state, state.floor, Number.POSITIVE_INFINITY);
}

/** The rows of the timeline that are known between two places, oldest first. A reply has its place in its thread. */
export function timelineBetween(state: RoomState, floor: number, ceiling: number): Message[] {
  const rows: Message[] = [];
  for (const message of state.messages.values())
    if (message.threadRoot === null && message.seq >= floor && message.seq <= ceiling) rows.push(message);
  return rows.sort((a, b) => a.seq - b.seq);
}

/** Up to here every row of the room is known, or lies outside the windows. */
export function versionOf(state: RoomState): number {
  return state.cursor === null ? 0 : parseCursor(state.cursor).version;
}

function afterReset(batch: Batch): RoomState {
  const hasOlder = batch.reset?.hasOlder ?? false;
  const messages = batch.changes.flatMap((change) => (change.type === "message" ? [change.message] : []));
  // A batch may hold replies too; the window begins where the timeline does.
  const timeline = messages.filter((message) => message.threadRoot === null);
  return {
    ...emptyRoom(),
    hasOlder,
    floor: hasOlder ? lowestSeq(timeline) : 0,
    pagesFrom: batch.to,
  };
}

export function lowestSeq(messages: readonly Message[]): number {
  return messages.reduce((lowest, message) => Math.min(lowest, message.seq), Number.MAX_SAFE_INTEGER);
}

function upsert(state: RoomState, changes: readonly Change[]): RoomState {
  if (changes.length === 0) return state;
  const messages = new Map(state.messages);
  const members = new Map(state.members);
  let room = state.room;
  for (const change of changes) {
    if (change.type === "message") keepNewer(messages, change.message.id, change.message);
    else if (change.type === "member") keepNewer(members, change.member.person.id, change.member);
    // A server that is newer than this page may tell of more kinds of rows: they are for the next page.
    else if (change.type === "room" && (room?.version ?? -1) < change.room.version) room = change.room;
  }
  return { ...state, room, messages, members };
}

function keepNewer<Row extends { version: number }>(rows: Map<string, Row>, id: string, row: Row): void {
  const known = rows.get(id);
  if (!known || known.version < row.version) rows.set(id, row);
}
