import type { Evidence, Line, MessageRow } from "./evidence.ts";
import type { Entry, Happened, SeenRow } from "./journal.ts";

/**
 * A story that ends well, for the tests of the checker: ana says one thing and answers it in its thread, ben reacts to it,
 * robin is removed. Numbers: settings 1, ana 2, ben 3, robin 4, the message 5, the reply 6 with its root 7, the reaction 8,
 * robin's removal 9.
 */
const KITCHEN = "kitchen";
const EPOCH = "e";

const LINE: Line = {
  id: "m1",
  seq: 5,
  version: 8,
  authorId: "ana",
  body: "hello",
  isEdited: false,
  isDeleted: false,
  isPinned: false,
  replyTo: null,
  threadRoot: null,
  reactions: ["👍 ben"],
  replies: 1,
};
const REPLY: Line = {
  ...LINE,
  id: "m2",
  seq: 6,
  version: 6,
  body: "indeed",
  threadRoot: "m1",
  reactions: [],
  replies: 0,
};

const rowOf = ({ replies: _, ...line }: Line, clientId: string): MessageRow => ({
  ...line,
  roomId: KITCHEN,
  clientId,
  kind: "text",
});

export const seen = (id: string, version: number, seq: number, more: Partial<SeenRow> = {}): SeenRow => ({
  type: "message",
  id,
  version,
  digest: `${id}@${version}`,
  seq,
  isDeleted: false,
  threadRoot: null,
  replyTo: null,
  ...more,
});
const reply = seen("m2", 6, 6, { threadRoot: "m1" });
const removal: SeenRow = { type: "member", id: "robin", version: 9, digest: "robin@9" };

export const batch = (from: number, to: number, rows: SeenRow[], known = from): Happened => ({
  type: "batch",
  roomId: KITCHEN,
  from,
  to,
  epoch: EPOCH,
  isReset: false,
  known,
  rows,
});
const asked = (op: number, clientId: string, body: string): Happened => ({
  type: "asked",
  op,
  verb: "send",
  roomId: KITCHEN,
  clientId,
  body,
});
const wrote = (clientId: string, body: string, threadRoot: string | null): Happened => ({
  type: "wrote",
  clientId,
  roomId: KITCHEN,
  body,
  replyTo: null,
  threadRoot,
});

const JOURNAL: [string, Happened][] = [
  ["ana·1", { type: "began", session: "s1" }],
  ["ben·1", { type: "began", session: "s2" }],
  ["robin·1", { type: "began", session: "s3" }],
  ["ana·1", { type: "page", roomId: KITCHEN, via: "open", version: 4, rows: [] }],
  ["ana·1", wrote("c1", "hello", null)],
  ["ana·1", asked(1, "c1", "hello")],
  ["ana·1", { type: "answered", op: 1, outcome: "unknown", reason: null, row: null }],
  ["ana·1", asked(2, "c1", "hello")],
  ["ana·1", { type: "answered", op: 2, outcome: "ok", reason: null, row: { id: "m1", seq: 5, version: 5 } }],
  ["robin·1", batch(4, 5, [seen("m1", 5, 5)])],
  ["ana·1", wrote("c2", "indeed", "m1")],
  ["ana·1", asked(3, "c2", "indeed")],
  ["ana·1", { type: "answered", op: 3, outcome: "ok", reason: null, row: { id: "m2", seq: 6, version: 6 } }],
  ["ben·1", { type: "asked", op: 4, verb: "react", roomId: KITCHEN, messageId: "m1", emoji: "👍" }],
  ["ben·1", { type: "answered", op: 4, outcome: "ok", reason: null, row: null }],
  ["robin·1", batch(5, 8, [reply, seen("m1", 8, 5)])],
  ["robin·1", { type: "left", roomId: KITCHEN, reason: "REMOVED" }],
  ["ana·1", batch(4, 9, [reply, seen("m1", 8, 5), removal])],
  ["ben·1", batch(4, 9, [reply, seen("m1", 8, 5), removal])],
];

/** Numbers and who took them, one a millisecond from 101 on. */
const TAKEN = [
  "room kitchen",
  "member ana",
  "member ben",
  "member robin",
  "message m1",
  "message m2",
  "message m1",
  "message m1",
  "member robin",
];

export function goodEvidence(): Evidence {
  const journal: Entry[] = structuredClone(JOURNAL).map(([device, happened], n) => ({
    at: 200 + n,
    device,
    ...happened,
  }));
  const room = () => ({
    epoch: EPOCH,
    version: 9,
    floor: 0,
    hasOlder: false,
    lines: [structuredClone(LINE)],
    threads: [{ root: "m1", floor: 0, lines: [structuredClone(REPLY)] }],
    fresh: [structuredClone(LINE)],
  });
  const counts = (unread: number) => ({ [KITCHEN]: { unread, mentions: 0, lastReadSeq: 4, lastSeq: 5 } });
  const end = (name: string, isIn: boolean, unread: number, threads: Record<string, number> = {}) => ({
    device: `${name}·1`,
    userId: name,
    rooms: isIn ? { [KITCHEN]: room() } : {},
    counts: isIn ? counts(unread) : {},
    threads,
    outbox: [],
    agreedAt: 1_200,
  });
  return {
    journal,
    devices: [end("ana", true, 0), end("ben", true, 1, { m1: 1 }), end("robin", false, 0)],
    ledger: {
      epoch: EPOCH,
      rooms: [{ id: KITCHEN, version: 9 }],
      messages: [rowOf(LINE, "c1"), rowOf(REPLY, "c2")],
      edits: [],
      members: ["ana", "ben", "robin"].map((userId) => ({ roomId: KITCHEN, userId, isIn: userId !== "robin" })),
      taken: TAKEN.map((who, n) => {
        const [type, rowId = ""] = who.split(" ") as ["room" | "member" | "message", string];
        return { roomId: KITCHEN, version: n + 1, type, rowId, isOut: n === 8, at: 101 + n };
      }),
      counts: {
        ana: { rooms: counts(0), threads: {} },
        ben: { rooms: counts(1), threads: { m1: 1 } },
      },
      mentions: [{ userId: "ben", messageId: "m1", count: 1 }],
      revoked: [],
    },
    nodes: [
      {
        node: "node 0",
        errors: [],
        rssMegabytes: { before: 100, after: 140 },
        held: { sockets: 3, socketsBehind: 0, seats: 2, inboxes: 3 },
      },
    ],
    uncaught: [],
    times: { healedAt: 1_000, boundMs: 5_000 },
  };
}

/** The device of a name, to spoil what it shows. */
export function endOf(evidence: Evidence, device: string) {
  const end = evidence.devices.find((one) => one.device === device);
  const shown = end?.rooms[KITCHEN];
  if (!end || !shown) throw new Error(`${device} does not show the kitchen.`);
  return { end, shown, line: shown.lines[0] as Line };
}

/** One more thing that happened, at the end of the journal or after so many entries. */
export function also(evidence: Evidence, device: string, happened: Happened, after = evidence.journal.length): void {
  evidence.journal.splice(after, 0, { at: 300, device, ...happened });
}
