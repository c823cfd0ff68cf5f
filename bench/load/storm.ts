import { setTimeout as sleep } from "node:timers/promises";
import { bodyOf } from "../cast.ts";
import type { ServerName } from "../peers.ts";
import type { Crowd } from "./crowd.ts";
import { isSent, numbersIn } from "./markers.ts";
import { FIRST_CALL, isOwn } from "./wire.ts";
import { batchWriter, type Post, type Urls, writePosts } from "./writer.ts";

/** `after`: what everybody saw last, for servers whose frames do not say it. */
export type ComeBackAsk = { port: number; changesPerRoom: number; after: string | null };
export type ComeBackSeen = { backMs: number[]; refusals: number; twice: number };

/** Handshakes of one generator at the same time: as a browser farm would, and less than a listen queue holds. */
const AT_ONCE = 250;
const BATCH = 200;
const GIVE_UP_MS = 60_000;
/** A node may ask for patience; whoever is refused comes again after a moment of its own. */
const PAUSE_MS = 100;
const JITTER_MS = 400;

/** What happens in these rooms while nobody is there. The numbers begin anew in every room. */
export async function writeMeanwhile(
  server: ServerName,
  crowd: Crowd,
  perRoom: number,
  urls: Urls,
): Promise<string | null> {
  const authors = new Map(crowd.places.map(({ roomId, person }) => [roomId, person.id]));
  const posts: Post[] = [];
  for (let turn = 0; turn < perRoom; turn++)
    for (const [roomId, authorId] of authors) posts.push({ roomId, authorId, body: bodyOf(FIRST_CALL + turn) });
  if (server !== "ours") return writePosts(urls.plain, posts);
  const writer = batchWriter(urls.ours, urls.perMinute);
  try {
    for (let at = 0; at < posts.length; at += BATCH) await writer.write(posts.slice(at, at + BATCH));
  } finally {
    await writer.close();
  }
  return null;
}

/** Everybody comes back with what they saw last, and is back when all that they missed has reached them, each once. */
export async function comeBack(crowd: Crowd, { port, changesPerRoom, after }: ComeBackAsk): Promise<ComeBackSeen> {
  const seen: ComeBackSeen = { backMs: [], refusals: 0, twice: 0 };
  const startedAt = performance.now();
  await crowd.each(AT_ONCE, async (place) => {
    for (;;) {
      const missing = new Set(Array.from({ length: changesPerRoom }, (_, index) => FIRST_CALL + index));
      const isIn = (data: Buffer, text: string) => {
        if (isOwn(text)) return false;
        for (const number of numbersIn(data)) if (isSent(number) && !missing.delete(number)) seen.twice++;
        return missing.size === 0;
      };
      try {
        await crowd.arrive(port, place, after ?? crowd.cursors[place] ?? null, isIn);
        seen.backMs.push(performance.now() - startedAt);
        return;
      } catch (error) {
        seen.refusals++;
        if (performance.now() - startedAt > GIVE_UP_MS) throw error;
        await sleep(PAUSE_MS + Math.random() * JITTER_MS);
      }
    }
  });
  return seen;
}
