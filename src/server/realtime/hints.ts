/**
 * What the doorbell says. The triggers write it (prisma/migrations, `announce`), the listener reads it: ids and numbers,
 * never content. Only `h` and `y` are written by nodes: they tell of nothing that is kept.
 */
export const CHANNEL = "earshot";

export type Typing = { roomId: string; userId: string; threadRoot: string | null };

export type Hint =
  /** Rows of this room took the numbers `from` to `to`. */
  | { kind: "room"; roomId: string; from: number; to: number }
  | { kind: "settings"; roomId: string }
  /** Somebody's list of rooms: a membership began or ended, or how they want a room. */
  | { kind: "person"; userId: string }
  | { kind: "session"; sessionId: string }
  | { kind: "profile"; userId: string }
  | { kind: "presence"; userId: string }
  | { kind: "receipt"; roomId: string; userId: string }
  /** A mark that moved without anything being read: no count changes. */
  | { kind: "delivered"; roomId: string; userId: string }
  /** The threads that somebody follows, or what they saved. */
  | { kind: "personal"; userId: string }
  | ({ kind: "typing" } & Typing)
  | { kind: "heartbeat"; nodeId: string; beat: number }
  /** Something that a newer version of us may have written: whoever hears it looks everywhere. */
  | { kind: "unknown"; text: string };

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
/** As many digits as a cursor has. A number that no bigint holds would fail the read that it asks for, again and again. */
const NUMBER = "\\d{1,15}";
const SHAPE = new RegExp(
  `^(?:r(?<room>${UUID}):(?<from>${NUMBER})-(?<to>${NUMBER})|(?<tag>[tuspof])(?<id>${UUID})|h(?<node>${UUID}):(?<beat>${NUMBER})` +
    `|(?<pair>[wdy])(?<where>${UUID}):(?<who>${UUID})(?::(?<root>${UUID}))?)$`,
);

const PERSONAL = { u: "person", p: "profile", o: "presence", f: "personal" } as const;

function parseHint(text: string): Hint {
  const found = SHAPE.exec(text)?.groups;
  if (!found) return { kind: "unknown", text };
  const { room, from, to, node, beat, tag, id, pair, where = "", who = "", root } = found;
  if (room) return { kind: "room", roomId: room, from: Number(from), to: Number(to) };
  if (node) return { kind: "heartbeat", nodeId: node, beat: Number(beat) };
  if (pair === "y") return { kind: "typing", roomId: where, userId: who, threadRoot: root ?? null };
  if (pair === "w" && !root) return { kind: "receipt", roomId: where, userId: who };
  if (pair === "d" && !root) return { kind: "delivered", roomId: where, userId: who };
  if (tag === "t" && id) return { kind: "settings", roomId: id };
  if (tag === "s" && id) return { kind: "session", sessionId: id };
  if (tag && id) return { kind: PERSONAL[tag as keyof typeof PERSONAL], userId: id };
  return { kind: "unknown", text };
}

export function parseHints(payload: string): Hint[] {
  return payload === "" ? [] : payload.split(",").map(parseHint);
}

export function heartbeat(nodeId: string, beat: number): string {
  return `h${nodeId}:${beat}`;
}

/** A hint of somebody's typing: at most 112 bytes with its comma. */
export function typingHint({ roomId, userId, threadRoot }: Typing): string {
  return threadRoot ? `y${roomId}:${userId}:${threadRoot}` : `y${roomId}:${userId}`;
}
