import type { Entry } from "./journal.ts";

/** Everything that the checker looks at: what devices journalled and show at the end, what the tables hold, what nodes said. */
export type Evidence = {
  journal: Entry[];
  devices: DeviceEnd[];
  ledger: Ledger;
  nodes: NodeEnd[];
  /** What went wrong in the process of the devices themselves: rejections that nobody handled. */
  uncaught: string[];
  times: { healedAt: number; boundMs: number };
};

/** A message as people see it. */
export type Line = {
  id: string;
  seq: number;
  version: number;
  authorId: string;
  /** Empty once deleted. */
  body: string;
  isEdited: boolean;
  isDeleted: boolean;
  isPinned: boolean;
  replyTo: string | null;
  threadRoot: string | null;
  /** "emoji userId", sorted. */
  reactions: string[];
  replies: number;
};

export type RoomEnd = {
  epoch: string;
  version: number;
  floor: number;
  hasOlder: boolean;
  lines: Line[];
  /** The threads that were opened: their replies from `floor` on. */
  threads: { root: string; floor: number; lines: Line[] }[];
  /** The newest page, asked for anew at the end. Null when it was not answered. */
  fresh: Line[] | null;
};

export type Counts = { unread: number; mentions: number; lastReadSeq: number; lastSeq: number };

export type DeviceEnd = {
  device: string;
  userId: string;
  rooms: Record<string, RoomEnd>;
  counts: Record<string, Counts>;
  /** Unread replies by root, without zeros. */
  threads: Record<string, number>;
  outbox: { clientId: string; roomId: string; body: string; state: string }[];
  /** When it agreed with the tables for good; null when it never did. */
  agreedAt: number | null;
};

export type NodeEnd = {
  node: string;
  errors: string[];
  rssMegabytes: { before: number; after: number };
  /** What it holds for its clients, by its own count. */
  held: { sockets: number; socketsBehind: number; seats: number; inboxes: number };
};

/** A number that a row took, and who it was: the history that the tables themselves do not keep. */
export type Taken = {
  roomId: string;
  version: number;
  type: "message" | "member" | "room";
  rowId: string;
  isOut: boolean;
  at: number;
};

export type MessageRow = Omit<Line, "replies"> & { roomId: string; clientId: string; kind: "text" | "system" };

export type Ledger = {
  epoch: string;
  rooms: { id: string; version: number }[];
  messages: MessageRow[];
  /** What messages said before, oldest first. */
  edits: { messageId: string; body: string }[];
  members: { roomId: string; userId: string; isIn: boolean }[];
  taken: Taken[];
  /** A recount in plain words, by person. */
  counts: Record<string, { rooms: Record<string, Counts>; threads: Record<string, number> }>;
  /** How many rows say that somebody is called by a message: never more than one. */
  mentions: { userId: string; messageId: string; count: number }[];
  /** Sessions that were ended, and a moment by which that was committed; null when nobody knows. */
  revoked: { session: string; by: number | null }[];
};

export type Violation = {
  invariant: `I${number}`;
  message: string;
  /** What the shortest journal is about. */
  about: { device?: string; roomId?: string; messageId?: string; clientId?: string; body?: string };
};

export type Check = (evidence: Evidence) => Violation[];

/** `rowId` → row, and the like: every check looks things up. */
export function byKey<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = found.get(key);
    if (known) known.push(row);
    else found.set(key, [row]);
  }
  return found;
}
