import type { Outcome } from "./chaos.ts";
import { shortestJournal } from "./checker.ts";
import { asksIn } from "./checks/asks.ts";
import type { Entry } from "./journal.ts";

/** What of a run is worth a line, whether it went well or not. */
export function summary({ seed, evidence, faults, violations }: Outcome): string {
  const { sent, failed, refused, told } = talk(evidence);
  const verdict = violations.length === 0 ? "green" : `RED (${violations.length})`;
  return `seed ${seed}: ${verdict}, ${faults.length} faults, ${sent} written (${failed} shown as failed, ${refused} of them refused), ${told}, ${percentiles(convergence(evidence))}`;
}

function talk(evidence: Outcome["evidence"]) {
  const asks = asksIn(evidence);
  const of = (outcome: string) => asks.filter((ask) => ask.outcome === outcome).length;
  const sent = evidence.journal.filter(({ type }) => type === "wrote").length;
  const failed = evidence.devices.flatMap(({ outbox }) => outbox).map(({ clientId }) => clientId);
  const refused = failed.filter((id) => asks.findLast(({ clientId }) => clientId === id)?.outcome === "refused").length;
  return {
    failed: failed.length,
    refused,
    sent,
    told: `${of("ok")} ok / ${of("refused")} refused / ${of("unknown")} unknown`,
  };
}

/** From the end of the last fault until a device agreed with the tables, for each of the eight. */
export function convergence({ devices, times }: Outcome["evidence"]): number[] {
  return devices.map(({ agreedAt }) => (agreedAt === null ? Number.POSITIVE_INFINITY : agreedAt - times.healedAt));
}

/** Of eight values the last percent is the slowest. */
export function percentiles(tookMs: readonly number[]): string {
  const sorted = tookMs.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return `agreed after ${at(0.5)} ms (p50), ${at(0.99)} ms (p99)`;
}

const FIRST = 8;
/** Ids of one run differ in their last places. */
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{6}([0-9a-f]{6})/g;

/** All that one needs to understand a failure: the seed, the faults with their times, and for each violation what led to it. */
export function failure(outcome: Outcome): string {
  const { seed, startedAt, faults, violations, evidence } = outcome;
  const lines = [`seed ${seed}`, "faults (ms since the start):"];
  for (const { fault, fromMs, toMs } of faults) lines.push(`  ${fromMs}–${toMs}  ${fault}`);
  for (const violation of violations.slice(0, FIRST)) {
    lines.push("", `${violation.invariant}: ${violation.message}`, `  about ${JSON.stringify(violation.about)}`);
    for (const entry of shortestJournal(evidence, violation)) lines.push(`  ${inWords(entry, startedAt)}`);
  }
  if (violations.length > FIRST) lines.push("", `… and ${violations.length - FIRST} more.`);
  return lines.join("\n");
}

function inWords({ at, device, type, ...rest }: Entry, startedAt: number): string {
  return `${String(at - startedAt).padStart(7)} ${device.padEnd(8)} ${type} ${JSON.stringify(rest).replace(UUID, "$1")}`;
}
