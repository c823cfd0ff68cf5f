import { TYPING_SHOWN_MS } from "#shared/limits.ts";
import type { ActivityEvent, Receipt } from "#shared/rooms.ts";

/** Somebody who types, and until when that is shown. `threadRoot` is null in the room itself. */
export type Typing = { userId: string; threadRoot: string | null; until: number };

/** What fades in a room: who stands where, and who is typing. */
export type Activity = {
  /** By user. Empty for good in a large room. */
  receipts: ReadonlyMap<string, Receipt>;
  typing: readonly Typing[];
  /** When somebody's last message arrived, by user and place: their typing that is told after it was typed before it. */
  spoke: ReadonlyMap<string, number>;
};

export const NO_ACTIVITY: Activity = { receipts: new Map(), typing: [], spoke: new Map() };

/** Typing is told in rounds, a message at once: what comes this soon after a message was meant for that message. */
const ECHO_MS = 1_500;

export function applyActivity(state: Activity, event: ActivityEvent, now: number): Activity {
  if (event.type === "receipts") {
    const receipts = new Map(event.isAll ? [] : state.receipts);
    for (const receipt of event.receipts) receipts.set(receipt.userId, receipt);
    return { ...state, receipts };
  }
  // A server that is newer than this page may tell of more.
  if (event.type !== "typing") return state;
  const { userId, threadRoot } = event;
  if (now - (state.spoke.get(placeOf(userId, threadRoot)) ?? Number.NEGATIVE_INFINITY) < ECHO_MS) return state;
  const others = state.typing.filter((typing) => !isSame(typing, userId, threadRoot));
  return { ...state, typing: [...others, { userId, threadRoot, until: now + TYPING_SHOWN_MS }] };
}

/** A message says that its author is done typing there. */
export function spoke(state: Activity, userId: string, threadRoot: string | null, now: number): Activity {
  const typing = state.typing.filter((each) => !isSame(each, userId, threadRoot));
  return { ...state, typing, spoke: new Map(state.spoke).set(placeOf(userId, threadRoot), now) };
}

/** Drops who has stopped. The same state when nobody has. */
export function faded(state: Activity, now: number): Activity {
  const typing = state.typing.filter(({ until }) => until > now);
  return typing.length === state.typing.length ? state : { ...state, typing };
}

/** "Ana is typing", "Ana and Ben are typing", "Several people are typing"; "" when nobody is. */
export function typingWords(names: readonly string[]): string {
  const [first, second] = names;
  if (first === undefined) return "";
  if (second === undefined) return `${first} is typing`;
  return names.length === 2 ? `${first} and ${second} are typing` : "Several people are typing";
}

function isSame(typing: Typing, userId: string, threadRoot: string | null): boolean {
  return typing.userId === userId && typing.threadRoot === threadRoot;
}

function placeOf(userId: string, threadRoot: string | null): string {
  return `${userId} ${threadRoot ?? ""}`;
}
