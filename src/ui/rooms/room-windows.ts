import type { Message, MessagePage, ThreadPage } from "#shared/messages.ts";
import {
  applyRows,
  isOutdated,
  lowestSeq,
  type RoomState,
  type ThreadWindow,
  timelineBetween,
  type Visit,
  visibleMessages,
} from "./room-state.ts";

/**
 * A page further up. `after` says that it holds whatever follows that place: then its window begins right there, also when
 * the next message lies far above it.
 */
export function visitPage(state: RoomState, page: MessagePage, after?: number): RoomState {
  if (isOutdated(state, page.cursor)) return state;
  const first = after === undefined ? lowestSeq(page.messages) : after + 1;
  const floor = page.hasOlder ? first : 0;
  const visit = { floor, ceiling: highestSeq(page.messages), hasOlder: page.hasOlder, hasNewer: page.hasNewer };
  return met({ ...applyRows(state, [...page.messages, ...page.quoted]), visit });
}

/** The page above the visit, asked for as `before` its floor. */
export function visitOlder(state: RoomState, page: MessagePage, before: number): RoomState {
  const { visit } = state;
  if (visit?.floor !== before || isOutdated(state, page.cursor)) return state;
  const floor = page.hasOlder ? Math.min(before, lowestSeq(page.messages)) : 0;
  return met({
    ...applyRows(state, [...page.messages, ...page.quoted]),
    visit: { ...visit, floor, hasOlder: page.hasOlder },
  });
}

/** The page below the visit, asked for as `after` its ceiling. */
export function visitNewer(state: RoomState, page: MessagePage, after: number): RoomState {
  const { visit } = state;
  if (visit?.ceiling !== after || isOutdated(state, page.cursor)) return state;
  const ceiling = Math.max(after, highestSeq(page.messages));
  return met({
    ...applyRows(state, [...page.messages, ...page.quoted]),
    visit: { ...visit, ceiling, hasNewer: page.hasNewer },
  });
}

/** Back to the newest. What the visit had learned stays among the rows. */
export function endVisit(state: RoomState): RoomState {
  return state.visit ? { ...state, visit: null } : state;
}

/** Where the visit reaches the newest end, the two become one window, and nothing that is shown changes. */
function met(state: RoomState): RoomState {
  const { visit } = state;
  if (!visit || (visit.hasNewer && visit.ceiling < state.floor)) return state;
  if (visit.floor >= state.floor) return { ...state, visit: null };
  return { ...state, visit: null, floor: visit.floor, hasOlder: visit.hasOlder };
}

/** The window that is on screen. */
export function shownWindow(state: RoomState): Visit {
  return (
    state.visit ?? { floor: state.floor, ceiling: Number.POSITIVE_INFINITY, hasOlder: state.hasOlder, hasNewer: false }
  );
}

/** The messages on screen, oldest first. */
export function shownMessages(state: RoomState): Message[] {
  return state.visit ? timelineBetween(state, state.visit.floor, state.visit.ceiling) : visibleMessages(state);
}

/** A thread's newest page, or with `before` the one above what is known. */
export function applyThread(state: RoomState, page: ThreadPage, before?: number): RoomState {
  const { id } = page.root;
  const known = state.threads.get(id);
  if (isOutdated(state, page.cursor) || (before !== undefined && known?.floor !== before)) return state;
  const window = {
    floor: page.hasOlder ? lowestSeq(page.messages) : 0,
    hasOlder: page.hasOlder,
    isFollowing: page.isFollowing,
    lastReadSeq: Math.max(page.lastReadSeq, known?.lastReadSeq ?? 0),
  };
  const next = applyRows(state, [page.root, ...page.messages, ...page.quoted]);
  return { ...next, threads: new Map(state.threads).set(id, window) };
}

/** What is mine of a thread, as I have just changed it. */
export function changeThread(state: RoomState, rootId: string, news: Partial<ThreadWindow>): RoomState {
  const known = state.threads.get(rootId);
  return known ? { ...state, threads: new Map(state.threads).set(rootId, { ...known, ...news }) } : state;
}

/** A thread's replies that are shown, oldest first. */
export function threadMessages(state: RoomState, rootId: string): Message[] {
  const window = state.threads.get(rootId);
  if (!window) return [];
  const rows: Message[] = [];
  for (const message of state.messages.values())
    if (message.threadRoot === rootId && message.seq >= window.floor) rows.push(message);
  return rows.sort((a, b) => a.seq - b.seq);
}

function highestSeq(messages: readonly Message[]): number {
  return messages.reduce((highest, message) => Math.max(highest, message.seq), 0);
}
