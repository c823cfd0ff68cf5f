import type { ActivityEvent } from "#shared/rooms.ts";
import { type Activity, applyActivity, faded, NO_ACTIVITY, spoke } from "./activity.ts";

/** What fades, per room, as far as it was told to this device. */
export class ActivityStore {
  private readonly rooms = new Map<string, Activity>();
  private readonly listeners = new Set<() => void>();

  getState = (roomId: string): Activity => this.rooms.get(roomId) ?? NO_ACTIVITY;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  take(roomId: string, event: ActivityEvent): void {
    const now = Date.now();
    const next = applyActivity(this.getState(roomId), event, now);
    this.put(roomId, next);
    const last = next.typing.at(-1);
    if (event.type === "typing" && last)
      setTimeout(() => this.put(roomId, faded(this.getState(roomId), Date.now())), last.until - now + 20);
  }

  spoke(roomId: string, userId: string, threadRoot: string | null): void {
    this.put(roomId, spoke(this.getState(roomId), userId, threadRoot, Date.now()));
  }

  /** The room is off screen: nobody tells what fades there. Where people stood is still the best that is known. */
  rest(roomId: string): void {
    this.put(roomId, { ...this.getState(roomId), typing: [], spoke: new Map() });
  }

  private put(roomId: string, state: Activity): void {
    if (state === this.getState(roomId)) return;
    this.rooms.set(roomId, state);
    for (const listener of [...this.listeners]) listener();
  }
}
