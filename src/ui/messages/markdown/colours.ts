import type { Coloured, Job } from "./highlight-worker.ts";
import type { Token } from "./highlighter.ts";

/** Far more than honest code takes, also when its grammar has to come first over a slow line. */
const PATIENCE_MS = 15_000;

type Waiting = Job & { done: (tokens: Token[] | null) => void };
const waiting: Waiting[] = [];
let worker: Worker | null = null;
let patience: ReturnType<typeof setTimeout> | undefined;

/**
 * The colours of a piece of code, or null when it is better left plain. In a worker, because a grammar is hundreds of
 * regular expressions and code is what anybody sends: whatever they do to each other, nobody's screen waits for it, and
 * what takes too long is ended.
 */
export function coloursOf(job: Job): Promise<Token[] | null> {
  return new Promise((done) => {
    waiting.push({ ...job, done });
    if (waiting.length === 1) next();
  });
}

function next(): void {
  const [job] = waiting;
  if (!job) return;
  worker ??= newWorker();
  patience = setTimeout(giveUp, PATIENCE_MS);
  worker.postMessage({ text: job.text, id: job.id } satisfies Job);
}

function newWorker(): Worker {
  const made = new Worker(new URL("./highlight-worker.ts", import.meta.url), { type: "module" });
  made.addEventListener("message", ({ data }: MessageEvent<Coloured>) => finish(data.tokens));
  made.addEventListener("error", giveUp);
  return made;
}

function giveUp(): void {
  worker?.terminate();
  worker = null;
  finish(null);
}

function finish(tokens: Token[] | null): void {
  clearTimeout(patience);
  waiting.shift()?.done(tokens);
  next();
}
