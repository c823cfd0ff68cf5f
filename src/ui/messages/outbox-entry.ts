/** A message that waits for its place in the history. */
export type OutboxEntry = {
  clientId: string;
  roomId: string;
  body: string;
  /** The message that it quotes. */
  replyTo: string | null;
  /** The message whose thread it is for. */
  threadRoot: string | null;
  /** Milliseconds; unique per device, so that it is the order too. */
  createdAt: number;
  /** `sent`: committed, and shown here until the room's own row arrives. */
  state: "waiting" | "sending" | "sent" | "failed";
  /** Why it failed, for people. */
  error: string | null;
};

/** What a message answers, and where. */
export type OutboxPlace = Pick<OutboxEntry, "replyTo" | "threadRoot">;

/** The newest end of a room's timeline. */
export const IN_ROOM: OutboxPlace = { replyTo: null, threadRoot: null };

export function isOnItsWay(state: OutboxEntry["state"]): boolean {
  return state === "waiting" || state === "sending";
}
