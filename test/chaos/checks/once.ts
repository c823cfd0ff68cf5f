import { byKey, type Check, type DeviceEnd, type Evidence, type Violation } from "../evidence.ts";
import type { Entry } from "../journal.ts";
import { asksIn, quoted } from "./asks.ts";

type Wrote = Extract<Entry, { type: "wrote" }>;

/** I2: what was written once is there at most once, under the name that it was given, and ends as sent or as failed. */
export const checkOnce: Check = (evidence) => {
  const wrote = evidence.journal.filter((entry): entry is Wrote => entry.type === "wrote");
  return [...twice(evidence), ...strangers(evidence, wrote), ...endings(evidence, wrote), ...refusals(evidence)];
};

const violation = (message: string, about: Violation["about"]): Violation => ({ invariant: "I2", message, about });

/** What a message said when it was sent: every one of a run has words of its own. */
function firstWords({ ledger }: Evidence): Map<string, string> {
  const first = new Map(ledger.messages.map(({ id, body }) => [id, body]));
  for (const { messageId, body } of [...ledger.edits].reverse()) first.set(messageId, body);
  return first;
}

function twice(evidence: Evidence): Violation[] {
  const words = firstWords(evidence);
  const texts = evidence.ledger.messages.filter(({ kind }) => kind === "text");
  const named = byKey(texts, ({ authorId, clientId }) => `${authorId} ${clientId}`);
  const said = byKey(texts, ({ id, authorId }) => `${authorId} ${words.get(id)}`);
  return [...new Set([...named.values(), ...said.values()])].flatMap((rows) => {
    const [row] = rows;
    if (!row || rows.length === 1) return [];
    const body = words.get(row.id) ?? "";
    const places = rows.map(({ seq }) => seq).join(" and ");
    return [violation(`${quoted(body)} is there ${rows.length} times: at ${places}`, { roomId: row.roomId, body })];
  });
}

/** A row under a name that nobody gave: a retry that minted another one. */
function strangers({ ledger, devices }: Evidence, wrote: Wrote[]): Violation[] {
  const names = new Set(wrote.map(({ clientId }) => clientId));
  // Whoever has no device here spoke before the run.
  const people = new Set(devices.map(({ userId }) => userId));
  return ledger.messages
    .filter(({ kind, clientId, authorId }) => kind === "text" && people.has(authorId) && !names.has(clientId))
    .map(({ id, seq, roomId, clientId, body }) =>
      violation(`nobody sent ${quoted(body)} (seq ${seq}) under the name ${clientId}`, { roomId, messageId: id }),
    );
}

function endings(evidence: Evidence, wrote: Wrote[]): Violation[] {
  const ends = new Map(evidence.devices.map((end) => [end.device, end]));
  const rows = new Map(evidence.ledger.messages.map((row) => [row.clientId, row]));
  return wrote.flatMap((entry) => {
    const end = ends.get(entry.device);
    const row = rows.get(entry.clientId);
    const waiting = end?.outbox.find(({ body }) => body === entry.body);
    const about = { device: entry.device, roomId: entry.roomId, clientId: entry.clientId };
    if (!waiting && !row) return [violation(`${quoted(entry.body)} is neither sent nor shown as failed`, about)];
    if (waiting && waiting.state !== "failed" && !(waiting.state === "sent" && !isShown(end, entry.roomId)))
      return [violation(`${quoted(entry.body)} is still shown as ${waiting.state} when all is quiet`, about)];
    if (waiting && row && row.seq >= (end?.rooms[entry.roomId]?.floor ?? Number.POSITIVE_INFINITY))
      return [violation(`${quoted(entry.body)} is shown as ${waiting.state}, and was sent (seq ${row.seq})`, about)];
    return [];
  });
}

/** Whether the device follows the room: whoever was removed cannot know what became of their words. */
const isShown = (end: DeviceEnd | undefined, roomId: string) => end?.rooms[roomId] !== undefined;

/** All that was asked under a name was refused: then nothing is there. And other words under a name are never taken. */
function refusals(evidence: Evidence): Violation[] {
  const rows = new Map(evidence.ledger.messages.map((row) => [row.clientId, row]));
  const asks = asksIn(evidence).filter(({ clientId }) => clientId !== undefined);
  const taken = asks.filter(({ verb, outcome }) => verb === "otherWords" && outcome === "ok");
  return [
    ...taken.map(({ device, clientId = "" }) =>
      violation("other words under the same name were taken", { device, clientId }),
    ),
    ...[...byKey(asks, ({ clientId }) => clientId ?? "")].flatMap(([clientId, tries]) =>
      rows.has(clientId) && tries.every(({ outcome }) => outcome === "refused")
        ? [violation(`every attempt was refused (${tries[0]?.reason}), and it was sent`, { clientId })]
        : [],
    ),
  ];
}
