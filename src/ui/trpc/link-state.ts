import type { ListenState } from "#shared/rooms.ts";

export type LinkState = "live" | "connecting" | "catching-up" | "polling" | "offline";

/** What is wrong beyond the link itself, as far as the server could say it. */
export type Trouble =
  /** It answers UNAVAILABLE: Postgres is away. */
  | "database"
  /** The page's own address is none of APP_ORIGIN. */
  | "address"
  /** Calls are answered, but no socket is let in: a cap, or a proxy. */
  | "sockets";

export type LinkFacts = {
  isOnline: boolean;
  hasSocket: boolean;
  trouble: Trouble | null;
  /** Whether the room on screen has had its first frame on this socket. */
  isCaughtUp: boolean;
  /** How the node at the other end hears of changes. */
  listening: ListenState;
};

/** One word for how things are. The first thing that is wrong wins: the rest cannot be known before it is right. */
export function linkState({ isOnline, hasSocket, trouble, isCaughtUp, listening }: LinkFacts): LinkState {
  if (!isOnline) return "offline";
  if (!hasSocket) return "connecting";
  // A room cannot be caught up with before its database is back.
  if (trouble === "database") return "polling";
  if (!isCaughtUp) return "catching-up";
  return listening;
}
