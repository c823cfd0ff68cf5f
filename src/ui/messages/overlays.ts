import type { Message } from "#shared/messages.ts";

/** Something that I did to a message a moment ago, and that its row does not show yet. */
export type Deed =
  | { kind: "reaction"; emoji: string; isOn: boolean }
  | { kind: "edit"; body: string }
  | { kind: "delete" }
  | { kind: "pin"; isOn: boolean }
  | { kind: "save"; isOn: boolean };

export type Overlay = {
  roomId: string;
  messageId: string;
  deed: Deed;
  /** Which version the row had when the server said yes. Null while it has not. */
  answeredAt: number | null;
};

/** The smallest thing that a deed owns: two deeds with different keys never undo each other. */
export function keyOf(messageId: string, deed: Deed): string {
  return deed.kind === "reaction" ? `${messageId}/reaction/${deed.emoji}` : `${messageId}/${deed.kind}`;
}

/** A message as I shall see it once what I did has arrived. The same object when nothing differs. */
export function withOverlays(message: Message, overlays: readonly Overlay[], me: string): Message {
  return overlays.reduce((shown, { deed }) => withDeed(shown, deed, me), message);
}

function withDeed(message: Message, deed: Deed, me: string): Message {
  switch (deed.kind) {
    case "reaction":
      return withReaction(message, deed.emoji, deed.isOn, me);
    case "edit":
      if (message.body === deed.body) return message;
      return { ...message, body: deed.body, editedAt: message.editedAt ?? new Date().toISOString() };
    case "delete":
      if (message.deletedAt) return message;
      return { ...message, body: "", reactions: [], pinned: null, deletedAt: new Date().toISOString() };
    case "pin":
      if ((message.pinned !== null) === deed.isOn) return message;
      return { ...message, pinned: deed.isOn ? { at: new Date().toISOString(), by: me } : null };
    case "save":
      return message;
  }
}

function withReaction(message: Message, emoji: string, isOn: boolean, me: string): Message {
  const known = message.reactions.find((reaction) => reaction.emoji === emoji);
  if ((known?.userIds.includes(me) ?? false) === isOn) return message;
  const userIds = isOn ? [...(known?.userIds ?? []), me] : (known?.userIds.filter((id) => id !== me) ?? []);
  const changed = { emoji, userIds };
  const reactions = known
    ? message.reactions.map((each) => (each === known ? changed : each)).filter((each) => each.userIds.length > 0)
    : [...message.reactions, changed];
  return { ...message, reactions };
}

/** Whether the row has taken over: it shows the deed, or something that came after it. */
export function isPassed({ deed, answeredAt }: Overlay, row: Message, me: string): boolean {
  if (answeredAt === null) return false;
  return row.version > answeredAt || withDeed(row, deed, me) === row;
}
