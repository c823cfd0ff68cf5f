"use client";

import { createContext, useContext, useSyncExternalStore } from "react";
import type { Message } from "#shared/messages.ts";
import { threadDraft } from "#ui/composer/drafts.ts";
import type { MenuPlace } from "#ui/kit/menu.tsx";

/** What floats over a list of messages, and about which one. One at a time. */
export type Float =
  | { kind: "menu"; message: Message; place: MenuPlace }
  | { kind: "emoji"; message: Message; anchor: HTMLElement }
  | { kind: "reactions"; message: Message; anchor: HTMLElement }
  | { kind: "seen"; message: Message; anchor: HTMLElement }
  | { kind: "info"; message: Message }
  | { kind: "history"; message: Message };

type State = {
  editing: string | null;
  /** Until its box has taken the focus: when its row is drawn again, one may be typing elsewhere. */
  isEditNew: boolean;
  float: Float | null;
  /** Since a message was chosen to be answered, until that was sent or given up. A quote that waits with its draft is none. */
  isQuoting: boolean;
  /** Somebody marked something unread: until the room is opened again nothing here counts as read. */
  isReadingSuspended: boolean;
};

/** What one is doing in a list of messages, a room's or a thread's: which is being edited, what is open over it. */
export class Conversation {
  readonly roomId: string;
  readonly threadRoot: string | null;
  private state: State = {
    editing: null,
    isEditNew: false,
    float: null,
    isQuoting: false,
    isReadingSuspended: false,
  };
  private readonly listeners = new Set<() => void>();

  constructor(roomId: string, threadRoot: string | null) {
    this.roomId = roomId;
    this.threadRoot = threadRoot;
  }

  /** Whose draft is what one writes here. */
  get draftKey(): string {
    return this.threadRoot === null ? this.roomId : threadDraft(this.roomId, this.threadRoot);
  }

  getState = (): State => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  edit = (messageId: string | null): void => this.change({ editing: messageId, isEditNew: messageId !== null });
  noteEditing = (): void => this.change({ isEditNew: false });
  noteQuoting = (isQuoting: boolean): void => this.change({ isQuoting });
  float = (float: Float | null): void => this.change({ float });

  /** Answers the way back, for when the server refused what it was for. */
  suspendReading = (): (() => void) => {
    const { isReadingSuspended } = this.state;
    this.change({ isReadingSuspended: true });
    return () => this.change({ isReadingSuspended });
  };

  /** Somebody said that all of it is read. */
  resumeReading = (): void => this.change({ isReadingSuspended: false });

  private change(news: Partial<State>): void {
    this.state = { ...this.state, ...news };
    for (const listener of [...this.listeners]) listener();
  }
}

/** The list that a part belongs to, and how to bring one of its room's messages on screen. */
export type ConversationPlace = { conversation: Conversation; label: string; jumpTo: (messageId: string) => void };

export const ConversationContext = createContext<ConversationPlace | null>(null);

export function useConversation(): ConversationPlace {
  const place = useContext(ConversationContext);
  if (!place) throw new Error("useConversation is called outside a list of messages");
  return place;
}

/** A part of it. `select` has to answer the same value as long as that part is the same. */
export function useConversationState<Part>(conversation: Conversation, select: (state: State) => Part): Part {
  const read = () => select(conversation.getState());
  return useSyncExternalStore(conversation.subscribe, read, read);
}
