import type { Unsubscribable } from "@trpc/server/observable";
import { Patience } from "./patience.ts";
import { type Refusal, refusalOf } from "./refusal.ts";

type Handlers = { onError(error: unknown): void; onComplete(): void };

/**
 * Keeps a subscription going. The socket resumes it by itself after a cut; what is left is an error from the server, or
 * an end that it did not explain: both are followed by another start, later and later, unless `isFinal` says otherwise.
 * `longestMs` is the longest that it waits. Returns the way to begin anew at once, to end a wait, to say that all is well, and to stop.
 */
export function follow(
  start: (handlers: Handlers) => Unsubscribable,
  isFinal: (refusal: Refusal) => boolean,
  longestMs = 10_000,
): { restart(): void; wake(): void; settle(): void; stop(): void } {
  const patience = new Patience(500, longestMs);
  let isStopped = false;
  let current: Unsubscribable | null = null;

  const begin = () => {
    current?.unsubscribe();
    const mine: Handlers & { isOver: boolean } = {
      isOver: false,
      onError: (error) => end(mine, refusalOf(error)),
      onComplete: () => end(mine, null),
    };
    live = mine;
    current = start(mine);
  };
  let live: { isOver: boolean } | null = null;
  const end = async (mine: { isOver: boolean }, refusal: Refusal | null) => {
    // Unsubscribing completes too, and an error may be followed by a completion: only the first word of the one that runs counts.
    if (isStopped || mine !== live || mine.isOver) return;
    mine.isOver = true;
    if (refusal && isFinal(refusal)) return;
    await patience.wait(patience.nextMs());
    if (!isStopped && mine === live) begin();
  };

  begin();
  return {
    restart: () => {
      if (!isStopped) begin();
    },
    wake: () => patience.wake(),
    settle: () => patience.reset(),
    stop: () => {
      isStopped = true;
      patience.wake();
      current?.unsubscribe();
    },
  };
}
