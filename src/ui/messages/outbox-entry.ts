/** A message that waits for its place in the history. */
export type OutboxEntry = {
  clientId: string;
  roomId: string;
  body: string;
  /** Milliseconds; unique per device, so that it is the order too. */
  createdAt: number;
  /** `sent`: committed, and shown here until the room's own row arrives. */
  state: "waiting" | "sending" | "sent" | "failed";
  /** Why it failed, for people. */
  error: string | null;
};

export function isOnItsWay(state: OutboxEntry["state"]): boolean {
  return state === "waiting" || state === "sending";
}
