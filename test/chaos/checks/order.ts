import { byKey, type Check, type Evidence, type Violation } from "../evidence.ts";
import type { SeenRow } from "../journal.ts";
import { type Batch, isBatch, isPage } from "./asks.ts";

/** I3: numbers are 1..n without holes, every reader saw the same rows under them, nothing was skipped, and cursors only grow. */
export const checkOrder: Check = (evidence) => [
  ...holes(evidence),
  ...sameForAll(evidence),
  ...cursors(evidence),
  ...skipped(evidence),
];

const violation = (message: string, about: Violation["about"]): Violation => ({ invariant: "I3", message, about });

function holes({ ledger }: Evidence): Violation[] {
  const taken = byKey(ledger.taken, ({ roomId }) => roomId);
  return ledger.rooms.flatMap(({ id: roomId, version }) => {
    const numbers = (taken.get(roomId) ?? []).map((one) => one.version).sort((a, b) => a - b);
    const wrong = numbers.findIndex((number, index) => number !== index + 1);
    if (wrong >= 0) return [violation(`where ${wrong + 1} should have been taken, ${numbers[wrong]} was`, { roomId })];
    if (numbers.length !== version)
      return [violation(`the room counts ${version}, and ${numbers.length} numbers were taken`, { roomId })];
    return [];
  });
}

/** A row at one version is the same bytes for everybody, and a message keeps its place. */
function sameForAll({ journal, ledger }: Evidence): Violation[] {
  const places = new Map(ledger.messages.map(({ id, seq }) => [id, seq]));
  const first = new Map<string, { digest: string; device: string }>();
  return journal.flatMap((entry) => {
    if (!isBatch(entry) && !isPage(entry)) return [];
    return entry.rows.flatMap((row) => {
      const about = { roomId: entry.roomId, messageId: row.id };
      const place = places.get(row.id);
      if (row.type === "message" && row.seq !== place)
        return [
          violation(`${entry.device} saw a message at ${row.seq} that is at ${place ?? "no place at all"}`, about),
        ];
      const key = `${entry.roomId} ${row.type} ${row.id} ${row.version}`;
      const known = first.get(key);
      if (!known) first.set(key, { digest: row.digest, device: entry.device });
      if (known && known.digest !== row.digest)
        return [
          violation(
            `${known.device} and ${entry.device} were given different rows under the number ${row.version}`,
            about,
          ),
        ];
      return [];
    });
  });
}

/** Within one page load and epoch: a batch begins at or below what is known, and what is known never goes back. */
function cursors({ journal }: Evidence): Violation[] {
  const stands = new Map<string, { epoch: string; version: number }>();
  return journal.flatMap((entry) => {
    const { device } = entry;
    if (entry.type === "began")
      for (const key of [...stands.keys()]) if (key.startsWith(`${device} `)) stands.delete(key);
    if (entry.type === "left") stands.delete(`${device} ${entry.roomId}`);
    if (!isBatch(entry)) return [];
    const key = `${device} ${entry.roomId}`;
    const about = { device, roomId: entry.roomId };
    const before = stands.get(key);
    stands.set(key, { epoch: entry.epoch, version: Math.max(entry.to, entry.isReset ? 0 : entry.known) });
    if (entry.to < entry.from)
      return [violation(`${device} was given a batch from ${entry.from} to ${entry.to}`, about)];
    if (!entry.isReset && entry.from > entry.known)
      return [violation(`${device} stood at ${entry.known} and was given a batch from ${entry.from}`, about)];
    if (before && before.epoch === entry.epoch && entry.known < before.version)
      return [violation(`${device} stood at ${before.version}, and then at ${entry.known}`, about)];
    return [];
  });
}

/** A batch over (from, to] holds every row whose last number lies in it: at any later time that row would have shown it. */
function skipped({ journal, ledger }: Evidence): Violation[] {
  const last = new Map<string, { roomId: string; version: number; row: string; id: string }>();
  for (const { roomId, type, rowId, version } of ledger.taken) {
    const row = `${roomId} ${type} ${rowId}`;
    if ((last.get(row)?.version ?? 0) < version) last.set(row, { roomId, version, row: `${type} ${rowId}`, id: rowId });
  }
  const ends = byKey([...last.values()], ({ roomId }) => roomId);
  return journal.filter(isBatch).flatMap((batch) => {
    if (batch.isReset) return [];
    const has = new Set(batch.rows.map(nameOf));
    const missing = (ends.get(batch.roomId) ?? []).find(
      ({ version, row }) => version > batch.from && version <= batch.to && !has.has(`${row} ${version}`),
    );
    return missing ? [skip(batch, missing)] : [];
  });
}

const nameOf = ({ type, id, version }: SeenRow) => `${type} ${id} ${version}`;

const skip = (
  { device, roomId, from, to }: Batch,
  { version, row, id }: { version: number; row: string; id: string },
) =>
  violation(`${device} was given ${from} to ${to} without the number ${version} (${row})`, {
    device,
    roomId,
    messageId: id,
  });
