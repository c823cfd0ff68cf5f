import type { Message } from "#shared/messages.ts";
import { type Deed, isPassed, keyOf, type Overlay } from "./overlays.ts";

export type OverlayPorts = {
  viewerId: string;
  find(roomId: string, messageId: string): Message | undefined;
  isSaved(messageId: string): boolean;
  /** Calls back when rows, or what is saved, may have changed. */
  subscribe(listener: () => void): () => void;
};

/** Long after any row: what somebody else undid in between must not stay done on this screen for ever. */
const LONGEST_MS = 10_000;
const NONE: readonly Overlay[] = [];

/** What I did and the rows do not show yet. Only the feed writes rows; this lies above them, one overlay per smallest thing. */
export class OverlayStore {
  private readonly overlays = new Map<string, Overlay>();
  private readonly byMessage = new Map<string, readonly Overlay[]>();
  private readonly queues = new Map<string, Promise<void>>();
  private readonly listeners = new Set<() => void>();
  private stopWatching: (() => void) | null = null;
  private readonly ports: OverlayPorts;

  constructor(ports: OverlayPorts) {
    this.ports = ports;
  }

  /** The same array as long as they are the same. */
  of = (messageId: string): readonly Overlay[] => this.byMessage.get(messageId) ?? NONE;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Shows a deed at once, and calls. Calls of one thing go out in order; a refusal takes back this deed and nothing else. */
  async perform(roomId: string, messageId: string, deed: Deed, call: () => Promise<unknown>): Promise<void> {
    const key = keyOf(messageId, deed);
    const mine: Overlay = { roomId, messageId, deed, answeredAt: null };
    this.put(key, mine);
    const turn = (this.queues.get(key) ?? Promise.resolve()).then(call);
    const settled = turn.then(
      () => {},
      () => {},
    );
    this.queues.set(key, settled);
    try {
      await turn;
      this.answered(key, mine);
    } catch (error) {
      if (this.overlays.get(key) === mine) this.drop(key);
      throw error;
    } finally {
      if (this.queues.get(key) === settled) this.queues.delete(key);
    }
  }

  private answered(key: string, mine: Overlay): void {
    if (this.overlays.get(key) !== mine) return;
    const version = this.ports.find(mine.roomId, mine.messageId)?.version ?? 0;
    const answered = { ...mine, answeredAt: version };
    this.put(key, answered);
    this.settle();
    setTimeout(() => this.overlays.get(key) === answered && this.drop(key), LONGEST_MS);
  }

  private settle = (): void => {
    for (const [key, overlay] of [...this.overlays]) if (this.isOver(overlay)) this.drop(key);
  };

  private isOver(overlay: Overlay): boolean {
    const { deed, messageId, roomId, answeredAt } = overlay;
    if (deed.kind === "save") return answeredAt !== null && this.ports.isSaved(messageId) === deed.isOn;
    const row = this.ports.find(roomId, messageId);
    return row !== undefined && isPassed(overlay, row, this.ports.viewerId);
  }

  private put(key: string, overlay: Overlay): void {
    this.overlays.set(key, overlay);
    this.stopWatching ??= this.ports.subscribe(this.settle);
    this.tell(overlay.messageId);
  }

  private drop(key: string): void {
    const overlay = this.overlays.get(key);
    if (!overlay) return;
    this.overlays.delete(key);
    if (this.overlays.size === 0) {
      this.stopWatching?.();
      this.stopWatching = null;
    }
    this.tell(overlay.messageId);
  }

  private tell(messageId: string): void {
    const left = [...this.overlays.values()].filter((overlay) => overlay.messageId === messageId);
    if (left.length > 0) this.byMessage.set(messageId, left);
    else this.byMessage.delete(messageId);
    for (const listener of [...this.listeners]) listener();
  }
}
