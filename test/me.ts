import type { MeEvent } from "#shared/rooms.ts";
import { applyMe, noMe } from "#ui/me/me-state.ts";
import type { Client } from "./follow.ts";

/** A device that follows what is somebody's own, and folds it as the app does. */
export function followMe({ api }: Pick<Client, "api">) {
  const events: MeEvent[] = [];
  const errors: string[] = [];
  let state = noMe();
  const subscription = api.me.feed.subscribe(undefined, {
    onData: (event) => {
      events.push(event);
      state = applyMe(state, event);
    },
    onError: (error) => errors.push(error.data?.reason ?? "transport"),
  });
  const has = (type: MeEvent["type"]) => events.some((event) => event.type === type);
  return {
    events,
    errors,
    subscription,
    get state() {
      return state;
    },
    /** Everything has been told once. */
    isWelcome: () => has("rooms") && has("people") && has("presence") && has("threads") && has("saved"),
    titles: () => (has("rooms") ? [...state.rooms.values()].map((room) => room.title) : null),
    room: (roomId: string) => state.rooms.get(roomId),
    presenceOf: (person: { id: string }) => state.presence.get(person.id)?.state ?? "offline",
  };
}

/** For a mailbox that is read without a socket. */
export const unbounded = { takesMore: () => true, whenDrained: () => {} };

/** Follows what fades in a room. */
export function followActivity({ api }: Pick<Client, "api">, roomId: string) {
  const typing: { userId: string; threadRoot: string | null }[] = [];
  const marks = new Map<string, number>();
  const snapshots: number[] = [];
  const errors: string[] = [];
  const subscription = api.room.activity.subscribe(
    { roomId },
    {
      onData: (event) => {
        if (event.type === "typing") typing.push({ userId: event.userId, threadRoot: event.threadRoot });
        else {
          if (event.isAll) {
            snapshots.push(event.receipts.length);
            marks.clear();
          }
          for (const receipt of event.receipts) marks.set(receipt.userId, receipt.lastReadSeq);
        }
      },
      onError: (error) => errors.push(error.data?.reason ?? "transport"),
    },
  );
  return { typing, marks, snapshots, errors, subscription };
}
