import { byKey, type Check, type Evidence, type Violation } from "../evidence.ts";
import { type Ask, asksIn, quoted } from "./asks.ts";

/** I1: whatever was answered with "done" is in the tables, and whatever was refused is not. */
export const checkAcknowledged: Check = (evidence) => {
  const asks = asksIn(evidence);
  return [...sends(evidence, asks), ...edits(evidence, asks), ...reads(evidence, asks), ...reactions(evidence, asks)];
};

const lost = (ask: Ask, message: string): Violation => ({
  invariant: "I1",
  message: `${ask.device} was told "done" (${ask.verb}), and ${message}`,
  about: pick(ask),
});

const pick = ({ device, roomId, messageId, clientId }: Ask) => ({
  device,
  roomId,
  ...(messageId && { messageId }),
  ...(clientId && { clientId }),
});

function sends({ ledger }: Evidence, asks: Ask[]): Violation[] {
  const rows = byKey(ledger.messages, ({ authorId, clientId }) => `${authorId} ${clientId}`);
  return asks.flatMap((ask) => {
    if (!ask.clientId || ask.outcome !== "ok") return [];
    const [row] = rows.get(`${ask.doerId} ${ask.clientId}`) ?? [];
    if (!row) return [lost(ask, `there is no row for ${quoted(ask.body ?? "")}`)];
    if (ask.row && (ask.row.id !== row.id || ask.row.seq !== row.seq))
      return [lost(ask, `the row it named (seq ${ask.row.seq}) is not the one that stands (seq ${row.seq})`)];
    return [];
  });
}

/** An edit's words are what the message says, or what it said before a later one. */
function edits({ ledger }: Evidence, asks: Ask[]): Violation[] {
  const said = new Map(ledger.messages.map(({ id, body }) => [id, new Set([body])]));
  for (const { messageId, body } of ledger.edits) said.get(messageId)?.add(body);
  const rows = new Map(ledger.messages.map((row) => [row.id, row]));
  return asks.flatMap((ask) => {
    const row = rows.get(ask.messageId ?? "");
    if (!row) return [];
    if (ask.verb === "delete" && ask.outcome === "ok" && !row.isDeleted) return [lost(ask, "the message stands")];
    if (ask.verb !== "edit" || ask.body === undefined) return [];
    const isThere = said.get(row.id)?.has(ask.body) ?? false;
    if (ask.outcome === "ok" && !isThere) return [lost(ask, `the message never said ${quoted(ask.body)}`)];
    if (ask.outcome === "refused" && isThere)
      return [
        {
          ...lost(ask, ""),
          message: `${ask.device} was refused an edit (${ask.reason}) that was made: ${quoted(ask.body)}`,
        },
      ];
    return [];
  });
}

/** Watermarks only move forward here, so one that was acknowledged is still below where one stands. Of rooms that one never left. */
function reads({ ledger }: Evidence, asks: Ask[]): Violation[] {
  const exits = new Set(ledger.taken.filter(({ isOut }) => isOut).map(({ roomId, rowId }) => `${roomId} ${rowId}`));
  return asks.flatMap((ask) => {
    if (ask.verb !== "read" || ask.outcome !== "ok" || ask.seq === undefined) return [];
    if (exits.has(`${ask.roomId} ${ask.doerId}`)) return [];
    const stands = ledger.counts[ask.doerId]?.rooms[ask.roomId]?.lastReadSeq ?? 0;
    return stands < ask.seq ? [lost(ask, `the watermark stands at ${stands}, not at ${ask.seq}`)] : [];
  });
}

/** The last word on a reaction stands, where all were answered and none overlapped it. */
function reactions({ ledger }: Evidence, asks: Ask[]): Violation[] {
  const rows = new Map(ledger.messages.map((row) => [row.id, row]));
  const pairs = byKey(
    asks.filter(({ verb }) => verb === "react" || verb === "unreact"),
    ({ messageId, doerId, emoji }) => `${messageId} ${doerId} ${emoji}`,
  );
  return [...pairs.values()].flatMap((words) => {
    const last = words.at(-1);
    const row = rows.get(last?.messageId ?? "");
    if (!last || !row || row.isDeleted || last.outcome !== "ok") return [];
    const others = words.slice(0, -1);
    if (others.some(({ outcome, answeredAt }) => outcome === "unknown" || answeredAt >= last.at)) return [];
    const isThere = row.reactions.includes(`${last.emoji} ${last.doerId}`);
    if (isThere === (last.verb === "react")) return [];
    return [lost(last, `${last.emoji} is ${isThere ? "still" : "not"} on the message`)];
  });
}
