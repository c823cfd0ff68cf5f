/**
 * What the doorbell says. The triggers write it (prisma/migrations/20261120130100_number_and_announce), the listener
 * reads it: ids and numbers, never content.
 */
export const CHANNEL = "earshot";

export type Hint =
  | { kind: "room"; roomId: string; to: number }
  | { kind: "settings"; roomId: string }
  | { kind: "person"; userId: string }
  | { kind: "session"; sessionId: string }
  | { kind: "heartbeat"; nodeId: string; beat: number }
  /** Something that a newer version of us may have written: whoever hears it looks everywhere. */
  | { kind: "unknown"; text: string };

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const SHAPE = new RegExp(
  `^(?:r(?<room>${UUID}):\\d+-(?<to>\\d+)|(?<tag>[tus])(?<id>${UUID})|h(?<node>${UUID}):(?<beat>\\d+))$`,
);

function parseHint(text: string): Hint {
  const found = SHAPE.exec(text)?.groups;
  if (found?.room) return { kind: "room", roomId: found.room, to: Number(found.to) };
  if (found?.node) return { kind: "heartbeat", nodeId: found.node, beat: Number(found.beat) };
  if (found?.tag === "t" && found.id) return { kind: "settings", roomId: found.id };
  if (found?.tag === "u" && found.id) return { kind: "person", userId: found.id };
  if (found?.tag === "s" && found.id) return { kind: "session", sessionId: found.id };
  return { kind: "unknown", text };
}

export function parseHints(payload: string): Hint[] {
  return payload === "" ? [] : payload.split(",").map(parseHint);
}

export function heartbeat(nodeId: string, beat: number): string {
  return `h${nodeId}:${beat}`;
}
