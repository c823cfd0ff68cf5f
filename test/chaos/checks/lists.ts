import type { Check, DeviceEnd, Evidence, Line, RoomEnd, Violation } from "../evidence.ts";
import { quoted } from "./asks.ts";

/** I4: when all is quiet, what a device shows is what the tables hold: ids, order, words, reactions, edits, deletions. */
export const checkLists: Check = (evidence) => evidence.devices.flatMap((end) => roomsOf(evidence, end));

function roomsOf(evidence: Evidence, end: DeviceEnd): Violation[] {
  const { ledger } = evidence;
  const mine = ledger.members.filter(({ userId, isIn }) => userId === end.userId && isIn);
  return mine.flatMap(({ roomId }) => {
    const tell = (message: string, messageId?: string): Violation => ({
      invariant: "I4",
      message: `${end.device} ${message}`,
      about: { device: end.device, roomId, ...(messageId && { messageId }) },
    });
    const shown = end.rooms[roomId];
    if (!shown) return [tell("is a member of the room and does not show it")];
    const version = ledger.rooms.find(({ id }) => id === roomId)?.version ?? 0;
    if (shown.epoch !== ledger.epoch) return [tell(`stands in the epoch ${shown.epoch}, not in ${ledger.epoch}`)];
    const behind = shown.version === version ? [] : [tell(`stands at ${shown.version}, the room at ${version}`)];
    return [...behind, ...listsOf(evidence, roomId, shown, tell)];
  });
}

type Tell = (message: string, messageId?: string) => Violation;

function listsOf(evidence: Evidence, roomId: string, shown: RoomEnd, tell: Tell): Violation[] {
  const rows = linesIn(evidence, roomId);
  const timeline = rows.filter(({ threadRoot }) => threadRoot === null);
  const hasOlder = timeline.some(({ seq }) => seq < shown.floor);
  const found = compare(
    shown.lines,
    timeline.filter(({ seq }) => seq >= shown.floor),
    tell,
  );
  if (hasOlder !== shown.hasOlder)
    found.push(tell(`says that there is ${shown.hasOlder ? "" : "nothing "}older than ${shown.floor}`));
  for (const { root, floor, lines } of shown.threads) {
    const replies = rows.filter(({ threadRoot, seq }) => threadRoot === root && seq >= floor);
    found.push(...compare(lines, replies, (message, id) => tell(`in a thread ${message}`, id)));
  }
  return found;
}

/** The lines that a room's tables make. */
export function linesIn({ ledger }: Evidence, roomId: string): Line[] {
  const rows = ledger.messages.filter((row) => row.roomId === roomId);
  const replies = new Map<string, number>();
  for (const { threadRoot, isDeleted } of rows)
    if (threadRoot && !isDeleted) replies.set(threadRoot, (replies.get(threadRoot) ?? 0) + 1);
  return rows
    .map(({ roomId: _, clientId: __, kind: ___, ...row }) => ({
      ...row,
      body: row.isDeleted ? "" : row.body,
      reactions: row.isDeleted ? [] : row.reactions,
      replies: replies.get(row.id) ?? 0,
    }))
    .sort((a, b) => a.seq - b.seq);
}

/** The first difference of two lists, in words. */
export function compare(shown: Line[], rows: Line[], tell: Tell): Violation[] {
  const known = new Map(shown.map((line) => [line.id, line]));
  const missing = rows.find(({ id }) => !known.has(id));
  if (missing)
    return [tell(`does not show ${quoted(missing.body)} (seq ${missing.seq}, number ${missing.version})`, missing.id)];
  const ids = new Set(rows.map(({ id }) => id));
  const extra = shown.find(({ id }) => !ids.has(id));
  if (extra) return [tell(`shows ${quoted(extra.body)} (seq ${extra.seq}), which is not there`, extra.id)];
  if (shown.length !== known.size) return [tell("shows a message twice")];
  for (const [index, row] of rows.entries()) {
    const line = shown[index];
    if (line?.id !== row.id) return [tell(`shows seq ${line?.seq} where seq ${row.seq} belongs`, row.id)];
    const field = (Object.keys(row) as (keyof Line)[]).find((name) => String(line[name]) !== String(row[name]));
    if (field)
      return [
        tell(
          `shows seq ${row.seq} with ${field} ${JSON.stringify(line[field])}, not ${JSON.stringify(row[field])}`,
          row.id,
        ),
      ];
  }
  return [];
}
