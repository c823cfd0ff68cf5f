import type { Message } from "#shared/messages.ts";

export function hasReacted(message: Message, emoji: string, userId: string): boolean {
  return message.reactions.find((reaction) => reaction.emoji === emoji)?.userIds.includes(userId) ?? false;
}
