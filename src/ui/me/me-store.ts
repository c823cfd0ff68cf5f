import type { MeEvent, MyRoom } from "#shared/rooms.ts";
import { applyMe, type MeState, noMe } from "./me-state.ts";

/** What is mine: rooms with their counts, people, who is here. Only `me.feed` writes it. */
export class MeStore {
  private state: MeState;
  private listeners = new Set<() => void>();

  /** `rooms` as the server rendered them: the list is there before the socket is. */
  constructor(rooms: readonly MyRoom[]) {
    this.state = noMe(rooms);
  }

  getState = (): MeState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  take(event: MeEvent): void {
    const next = applyMe(this.state, event);
    if (next === this.state) return;
    this.state = next;
    for (const listener of [...this.listeners]) listener();
  }
}
