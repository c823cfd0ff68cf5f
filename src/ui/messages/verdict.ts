import type { Refusal } from "#ui/trpc/refusal.ts";

/** What to do with a message whose send came back with an error. */
export type Verdict =
  /** It stays, however long it takes: what is wrong is not the message. */
  | { kind: "wait" }
  /** Once more, and it counts. */
  | { kind: "retry" }
  /** The server wants a break from all of them. */
  | { kind: "pause"; forMs: number; isBusy: boolean }
  | { kind: "fail"; sentence: string; needsNewName: boolean }
  | { kind: "sign-in" };

const TRIES = 3;
const DEFAULT_PAUSE_MS = 3_000;

/**
 * `tries` counts the attempts that went wrong in a way that may be the message's own fault (`isCounted`), this one
 * included. A server or a database that is away never makes a message fail: it would be a person's work to send it again.
 */
export function verdictOn(refusal: Refusal, tries: number, isLinkLive: boolean): Verdict {
  const { reason, sentence, retryAfterMs } = refusal;
  switch (reason) {
    case "UNAUTHORIZED":
      return { kind: "sign-in" };
    case "TOO_MANY_REQUESTS":
    case "TOO_BUSY":
      return { kind: "pause", forMs: retryAfterMs ?? DEFAULT_PAUSE_MS, isBusy: reason === "TOO_BUSY" };
    case "UNAVAILABLE":
    case "FORBIDDEN":
      return { kind: "wait" };
    case null:
    case "INTERNAL":
      if (!isCounted(refusal, isLinkLive)) return { kind: "wait" };
      if (tries < TRIES) return { kind: "retry" };
      return { kind: "fail", sentence: "Not sent: the server didn't answer.", needsNewName: false };
    default:
      return { kind: "fail", sentence: `Not sent. ${sentence}`, needsNewName: reason === "CONFLICT" };
  }
}

/** Silence says something about a message only while everything else is being answered. */
export function isCounted({ reason }: Refusal, isLinkLive: boolean): boolean {
  return reason === "INTERNAL" || (reason === null && isLinkLive);
}
