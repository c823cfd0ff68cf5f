import type { Message } from "#shared/messages.ts";
import { type RoomState, visibleMessages } from "./room-state.ts";

/** How many of the newest messages a trim leaves. It waits until there are twice as many. */
export const TRIM_KEEPS = 500;

/**
 * Lets go of what lies far above the newest end, or a room that stays open would grow for ever. What is unread stays, for
 * the watermark moves over no hole; and so does what a thread, a quote or the pins show.
 */
export function trimRoom(state: RoomState, readUntil: number, keeps = TRIM_KEEPS): RoomState {
  const shown = visibleMessages(state);
  if (state.visit || shown.length <= 2 * keeps) return state;
  const floor = Math.min(shown[shown.length - keeps]?.seq ?? 0, readUntil + 1);
  if ((shown[0]?.seq ?? 0) >= floor) return state;
  const messages = new Map<string, Message>();
  const needed = neededRows(state, floor);
  let { pagesFrom } = state;
  for (const [id, message] of state.messages) {
    if (needed.has(id)) messages.set(id, message);
    else pagesFrom = Math.max(pagesFrom, message.version);
  }
  return { ...state, messages, floor, hasOlder: true, pagesFrom };
}

/** The rows below `floor` that something else than the timeline shows. */
function neededRows({ messages, threads }: RoomState, floor: number): Set<string> {
  const needed = new Set<string>();
  for (const { id, seq, threadRoot, pinned } of messages.values())
    if (seq >= floor || pinned || threads.has(threadRoot ?? id)) needed.add(id);
  for (const id of [...needed]) {
    const quoted = messages.get(id)?.replyTo;
    if (quoted) needed.add(quoted);
  }
  return needed;
}
