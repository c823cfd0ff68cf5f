import { oncePerProcess } from "../db/once.ts";
import { env } from "../env.ts";
import { DomainError } from "../errors.ts";

/** Calls of one person that wait for their turn: a screen that opens asks for a dozen things, a flood for thousands. */
const WAITING_MAX = 500;
const RETRY_MS = 1_000;

type Line = { running: number; waiting: (() => void)[] };

/** The pages of Next ask from another copy of this module, and of the same connections. */
const lines = oncePerProcess("turns", () => new Map<string, Line>());

/** A third of the connections: nobody takes them all, and two who try leave some to everybody else. */
const atOnce = () => Math.max(1, Math.floor(env().DATABASE_POOL / 3));

/**
 * Does the work when it is this person's turn. The pool hands out connections in the order of asking: without this, four
 * thousand reads of one account stand before everybody's next send, which is then refused, and before the listener's
 * heartbeat. Sends and watermarks have queues of their own, and no need of it. TOO_MANY_REQUESTS when too much waits.
 */
export async function inTurn<T>(userId: string, work: () => Promise<T>): Promise<T> {
  const line = lines.get(userId) ?? { running: 0, waiting: [] };
  lines.set(userId, line);
  if (line.running < atOnce()) line.running++;
  else if (line.waiting.length < WAITING_MAX) await new Promise<void>((resolve) => line.waiting.push(resolve));
  else
    throw new DomainError("TOO_MANY_REQUESTS", "You're asking for too much at once. Wait a moment.", {
      retryAfterMs: RETRY_MS,
    });
  try {
    return await work();
  } finally {
    const next = line.waiting.shift();
    // Whoever is next takes over the place.
    if (next) next();
    else if (--line.running === 0) lines.delete(userId);
  }
}

/** People with a call under way: a leak in a test. */
export const peopleInTurn = (): number => lines.size;
