import type { ListenState } from "#shared/rooms.ts";

export type LinkState = "live" | "connecting" | "catching-up" | "polling" | "offline";

export type LinkFacts = {
  isOnline: boolean;
  hasSocket: boolean;
  /** Whether the room on screen has had its first frame on this socket. */
  isCaughtUp: boolean;
  /** How the node at the other end hears of changes. */
  listening: ListenState;
};

/** One word for how things are. The first thing that is wrong wins: the rest cannot be known before it is right. */
export function linkState({ isOnline, hasSocket, isCaughtUp, listening }: LinkFacts): LinkState {
  if (!isOnline) return "offline";
  if (!hasSocket) return "connecting";
  if (!isCaughtUp) return "catching-up";
  return listening;
}
