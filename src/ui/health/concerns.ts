import type { Health, NodeHealth } from "#shared/health.ts";
import { countWords, durationWords, numberWords, spanWords } from "./words.ts";

/** Something that somebody should look at; `docs/operations.md` says of each what it means and what to do. */
export type Concern = { key: string; isGrave: boolean; words: string };

const SLOW_BEAT_MS = 1_000;
const SLOW_DELIVERY_MS = 1_000;
const CLOCK_MS = 1_000;
const LOCK_WAITERS = 10;
const QUEUE_HALF_FULL = 0.5;
const QUEUE_FILLING = 0.05;
const SENDS_WAITING = 1_000;
/** More than a few people in tunnels. */
const BEHIND_SHARE = 0.05;
const BEHIND_LEAST = 10;

/** What is not as it should be, the grave first. */
export function concernsOf(health: Health): Concern[] {
  const concerns = [
    ...ofPostgres(health),
    ...ofDeliveries(health),
    ...health.nodes.flatMap((node) => ofNode(node, health)),
  ];
  return concerns.sort((a, b) => Number(b.isGrave) - Number(a.isGrave));
}

export const nameOf = ({ host, pid }: NodeHealth) => `${host} (${pid})`;

const grave = (key: string, words: string): Concern => ({ key, isGrave: true, words });
const mild = (key: string, words: string): Concern => ({ key, isGrave: false, words });

function ofPostgres({ lockWaiters, queueUsage }: Health): Concern[] {
  const found: Concern[] = [];
  if (lockWaiters >= LOCK_WAITERS)
    found.push(
      grave("lock", `${countWords(lockWaiters, "commit")} wait for the lock of NOTIFY: Postgres flushes slowly.`),
    );
  const share = `${Math.round(queueUsage * 100)} %`;
  if (queueUsage >= QUEUE_HALF_FULL)
    found.push(grave("queue", `The queue of notifications is ${share} full. When it is full, nobody can send.`));
  else if (queueUsage >= QUEUE_FILLING)
    found.push(mild("queue", `The queue of notifications is ${share} full: a listener holds it up.`));
  return found;
}

function ofDeliveries({ minutes }: Health): Concern[] {
  const last = minutes.findLast(({ delivery }) => delivery)?.delivery;
  if (!last || last.p95 < SLOW_DELIVERY_MS) return [];
  return [mild("delivery", `One message in twenty takes ${durationWords(last.p95)} or more to be delivered.`)];
}

function ofNode(node: NodeHealth, { at }: Health): Concern[] {
  const name = nameOf(node);
  const of = (kind: string) => `${node.id} ${kind}`;
  if (node.state === "stopped") return [];
  if (node.state === "silent") {
    const ago = spanWords((Date.parse(at) - Date.parse(node.reportedAt)) / 1_000);
    return [grave(of("silent"), `${name} has said nothing for ${ago}. It died, or cannot reach Postgres.`)];
  }
  const found: Concern[] = [];
  if (node.state !== "live")
    found.push(grave(of("listen"), `${name} does not hear Postgres, and asks once a second instead.`));
  else if ((node.heartbeatMs ?? 0) > SLOW_BEAT_MS)
    found.push(mild(of("beat"), `${name} hears of changes ${durationWords(node.heartbeatMs ?? 0)} late.`));
  if (node.sendsWaiting >= SENDS_WAITING)
    found.push(mild(of("sends"), `${countWords(node.sendsWaiting, "send")} wait on ${name} for Postgres.`));
  if (node.socketsBehind >= Math.max(BEHIND_LEAST, node.sockets * BEHIND_SHARE))
    found.push(
      mild(
        of("behind"),
        `${numberWords(node.socketsBehind)} of ${countWords(node.sockets, "socket")} on ${name} do not keep up.`,
      ),
    );
  const offset = node.clockOffsetMs ?? 0;
  if (Math.abs(offset) > CLOCK_MS)
    found.push(
      mild(
        of("clock"),
        `The clock of ${name} is ${durationWords(Math.abs(offset))} ${offset > 0 ? "behind" : "ahead of"} the database's.`,
      ),
    );
  return found;
}
