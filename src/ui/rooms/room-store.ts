import type { Batch } from "#shared/feed.ts";
import type { Message, MessagePage } from "#shared/messages.ts";
import { applyBatch, applyPage, applyRows, emptyRoom, GAP, type RoomState } from "./room-state.ts";
import { shownMessages, shownWindow, threadMessages } from "./room-windows.ts";

/** Rooms whose feed goes on after one has left them, so that coming back is instant. */
const KEPT = 10;

/** The rooms that this device follows, the one opened last first. */
export class RoomStore {
  private states = new Map<string, RoomState>();
  private lists = new WeakMap<ReadonlyMap<string, Message>, Map<string, Message[]>>();
  private left = new Set<string>();
  private opened: readonly string[] = [];
  private listeners = new Set<() => void>();

  getOpened = (): readonly string[] => this.opened;
  getState = (roomId: string): RoomState | undefined => this.states.get(roomId);
  hasLeft = (roomId: string): boolean => this.left.has(roomId);

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Puts a room on top. What is known of it stays: its feed keeps it newer than any page that was rendered since. */
  open(roomId: string, first: RoomState): void {
    this.left.delete(roomId);
    if (!this.states.has(roomId)) this.states.set(roomId, first);
    if (this.opened[0] !== roomId) this.opened = [roomId, ...this.opened.filter((id) => id !== roomId)].slice(0, KEPT);
    // A room without a feed grows stale; it is forgotten, and read anew when it is opened.
    for (const id of [...this.states.keys()]) if (!this.opened.includes(id)) this.states.delete(id);
    this.tell();
  }

  /** The room is no longer ours: nothing of it stays on this device. */
  leave(roomId: string): void {
    this.left.add(roomId);
    this.opened = this.opened.filter((id) => id !== roomId);
    this.states.delete(roomId);
    this.tell();
  }

  /** Answers whether the batch fitted; if not, the feed has to be asked again from `cursorOf`. */
  takeBatch(roomId: string, batch: Batch, cursor: string): boolean {
    const state = this.states.get(roomId) ?? emptyRoom();
    const next = applyBatch(state, batch, cursor);
    if (next === GAP) return false;
    this.put(roomId, next);
    return true;
  }

  /** An older page, unless the window moved while it was on its way. */
  takeOlder(roomId: string, page: MessagePage, before: number): void {
    this.update(roomId, (state) => (state.floor === before ? applyPage(state, page) : state));
  }

  /** Rows that were asked for by their ids. */
  takeRows(roomId: string, rows: readonly Message[]): void {
    this.update(roomId, (state) => applyRows(state, rows));
  }

  /** Moves a room's windows. A room that was forgotten or left meanwhile stays so. */
  update(roomId: string, change: (state: RoomState) => RoomState): void {
    const state = this.states.get(roomId);
    const next = state && change(state);
    if (next && next !== state) this.put(roomId, next);
  }

  cursorOf(roomId: string): string | null {
    return this.states.get(roomId)?.cursor ?? null;
  }

  find(roomId: string, messageId: string): Message | undefined {
    return this.states.get(roomId)?.messages.get(messageId);
  }

  /** The messages on screen, oldest first; the same array as long as they are the same. */
  visible(state: RoomState): Message[] {
    const { floor, ceiling } = shownWindow(state);
    return this.list(state, `${floor} ${ceiling}`, () => shownMessages(state));
  }

  /** The same of a thread. */
  replies(state: RoomState, rootId: string): Message[] {
    return this.list(state, `${rootId} ${state.threads.get(rootId)?.floor}`, () => threadMessages(state, rootId));
  }

  private list({ messages }: RoomState, key: string, make: () => Message[]): Message[] {
    const lists = this.lists.get(messages) ?? new Map<string, Message[]>();
    this.lists.set(messages, lists);
    const list = lists.get(key) ?? make();
    lists.set(key, list);
    return list;
  }

  private put(roomId: string, state: RoomState): void {
    this.states.set(roomId, state);
    this.tell();
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
