import type { Refusal } from "#ui/trpc/refusal.ts";

/** What to do with a message whose send came back with an error. */
export type Verdict =
  /** It stays, and goes out when the link is back. */
  | { kind: "wait" }
  | { kind: "retry"; afterMs: number }
  /** The server wants a break from all of them. */
  | { kind: "pause"; forMs: number }
  | { kind: "fail"; sentence: string }
  | { kind: "sign-in" };

const FIRST_RETRY_MS = 2_000;
const TRIES = 3;
const DEFAULT_PAUSE_MS = 3_000;

/** `tries` counts the attempts over a live link that ended without an answer, this one included. */
export function verdictOn({ reason, sentence, retryAfterMs }: Refusal, tries: number, isLinkUp: boolean): Verdict {
  switch (reason) {
    case "UNAUTHORIZED":
      return { kind: "sign-in" };
    case "TOO_MANY_REQUESTS":
    case "TOO_BUSY":
      return { kind: "pause", forMs: retryAfterMs ?? DEFAULT_PAUSE_MS };
    case null:
    case "UNAVAILABLE":
    case "INTERNAL":
      if (!isLinkUp) return { kind: "wait" };
      if (tries < TRIES) return { kind: "retry", afterMs: FIRST_RETRY_MS * 2 ** (tries - 1) };
      return { kind: "fail", sentence: "Not sent: the server didn't answer." };
    default:
      return { kind: "fail", sentence: `Not sent. ${sentence}` };
  }
}
