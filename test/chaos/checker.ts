import { checkAcknowledged } from "./checks/acknowledged.ts";
import { checkCounts } from "./checks/counts.ts";
import { checkLists } from "./checks/lists.ts";
import { checkOnce } from "./checks/once.ts";
import { checkOrder } from "./checks/order.ts";
import { checkReplies } from "./checks/replies.ts";
import { checkCalls, checkFresh, checkLogs, checkMemory, checkTimes } from "./checks/rest.ts";
import { checkWalls } from "./checks/walls.ts";
import type { Check, Evidence, Violation } from "./evidence.ts";
import type { Entry } from "./journal.ts";

/** The twelve invariants of a chat, each by what would show that it was broken. Pure: from the same evidence the same verdict. */
const CHECKS: readonly Check[] = [
  checkAcknowledged,
  checkOnce,
  checkOrder,
  checkLists,
  checkCounts,
  checkReplies,
  checkWalls,
  checkFresh,
  checkMemory,
  checkTimes,
  checkLogs,
  checkCalls,
];

export function check(evidence: Evidence): Violation[] {
  return CHECKS.flatMap((one) => one(evidence));
}

/** Whether a device agrees with the tables in what it shows, by itself. */
export function agrees(evidence: Evidence): boolean {
  const isWaiting = evidence.devices.some(({ outbox, rooms }) =>
    outbox.some(({ state, roomId }) => state !== "failed" && !(state === "sent" && rooms[roomId] === undefined)),
  );
  return !isWaiting && [checkLists, checkCounts, checkWalls].every((one) => one(evidence).length === 0);
}

/** The entries that a violation is about, and no others: the last `most` of them. */
export function shortestJournal({ journal }: Evidence, { about }: Violation, most = 30): Entry[] {
  const { device, roomId, messageId, clientId, body } = about;
  if (Object.keys(about).length === 0) return [];
  const isAbout = (entry: Entry): boolean => {
    if (device && entry.device !== device && !clientId) return false;
    if (roomId && "roomId" in entry && entry.roomId !== roomId) return false;
    if (body) return "body" in entry && entry.body === body;
    if (clientId) return "clientId" in entry && entry.clientId === clientId;
    if (messageId) return isOf(entry, messageId);
    return "roomId" in entry || entry.type === "began" || entry.type === "signedOut";
  };
  const asked = new Set(journal.flatMap((entry) => (entry.type === "asked" && isAbout(entry) ? [entry.op] : [])));
  const found = journal.filter((entry) => (entry.type === "answered" ? asked.has(entry.op) : isAbout(entry)));
  return found.slice(-most).map((entry) => trimmed(entry, messageId));
}

function isOf(entry: Entry, messageId: string): boolean {
  if (entry.type === "batch" || entry.type === "page") return entry.rows.some(({ id }) => id === messageId);
  return "messageId" in entry && entry.messageId === messageId;
}

/** Of a batch the rows concerned. */
function trimmed(entry: Entry, messageId: string | undefined): Entry {
  if (entry.type !== "batch" && entry.type !== "page") return entry;
  return { ...entry, rows: messageId ? entry.rows.filter(({ id }) => id === messageId) : entry.rows.slice(-3) };
}
