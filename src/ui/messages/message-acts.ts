import { type Actor, can, type Target } from "#shared/can.ts";
import type { Message } from "#shared/messages.ts";
import type { MyRoom } from "#shared/rooms.ts";

/** Everything that one may want to do with a message. */
export type MessageAct =
  | "react"
  | "thread"
  | "quote"
  | "edit"
  | "delete"
  | "pin"
  | "save"
  | "copy-link"
  | "copy-text"
  | "mark-unread"
  | "info";

/** What may be done with a message: what the server would refuse is not offered. Nobody acts on what the room says by itself. */
export function actsOn(message: Message, viewerId: string, room: MyRoom, actor: Actor): Set<MessageAct> {
  const acts = new Set<MessageAct>();
  if (message.kind === "system") return acts;
  const isOwn = message.author.id === viewerId;
  const isReply = message.threadRoot !== null;
  const target: Target = { ...room, isArchived: room.archivedAt !== null, isOwn };
  acts.add("copy-link");
  if (!isReply) acts.add("mark-unread");
  // A thread outlives its root: its replies are still there.
  if (!isReply && (message.thread !== null || (!message.deletedAt && can(actor, "message.send", target))))
    acts.add("thread");
  if (message.deletedAt) return acts;
  acts.add("copy-text").add("save").add("info");
  if (can(actor, "message.react", target)) acts.add("react");
  if (can(actor, "message.send", target)) acts.add("quote");
  if (can(actor, "message.edit", target)) acts.add("edit");
  if (can(actor, "message.delete", target)) acts.add("delete");
  if (can(actor, "message.pin", target)) acts.add("pin");
  return acts;
}

/** What a key does on a focused row. */
export const ACT_KEYS: Record<string, MessageAct> = {
  e: "edit",
  r: "quote",
  t: "thread",
  p: "pin",
  s: "save",
  Delete: "delete",
};
