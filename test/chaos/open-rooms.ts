import { parseCursor } from "#shared/feed.ts";
import type { Message } from "#shared/messages.ts";
import { fromSnapshot } from "#ui/rooms/room-state.ts";
import { applyThread } from "#ui/rooms/room-windows.ts";
import { follow } from "#ui/trpc/follow.ts";
import type { Refusal } from "#ui/trpc/refusal.ts";
import { type Entry, seenChange, seenMessage } from "./journal.ts";
import type { Tab } from "./tab.ts";

/** How soon somebody tries again to open a room that is in their list. */
const AGAIN_MS = 500;

type Via = Extract<Entry, { type: "page" }>["via"];

/** Every room of the list is open, as if somebody had gone into each; and followed as room-feed.tsx does it. */
export class OpenRooms {
  readonly #tab: Tab;
  readonly #opening = new Set<string>();
  readonly #feeds = new Map<string, { stop(): void }>();

  constructor(tab: Tab) {
    this.#tab = tab;
  }

  start(): () => void {
    const openAll = () => {
      for (const roomId of this.#tab.me.getState().rooms.keys()) void this.#open(roomId);
    };
    const stop = this.#tab.me.subscribe(openAll);
    const timer = setInterval(openAll, AGAIN_MS);
    return () => {
      stop();
      clearInterval(timer);
      for (const feed of this.#feeds.values()) feed.stop();
    };
  }

  /** The page first: its cursor must not be newer than the settings (app/rooms/[roomId]/snapshot.ts). */
  async #open(roomId: string): Promise<void> {
    const { rooms, api } = this.#tab;
    if (this.#opening.has(roomId) || this.#feeds.has(roomId)) return;
    this.#opening.add(roomId);
    try {
      const page = await api.message.page.query({ roomId });
      this.#note(roomId, "open", page);
      const { room } = await api.room.get.query({ roomId });
      if (this.#tab.isClosed) return;
      rooms.open(roomId, fromSnapshot({ room, page }));
      this.#feeds.set(roomId, this.#follow(roomId));
    } catch {
      // Tried again at the next turn, for as long as it is in the list.
    } finally {
      this.#opening.delete(roomId);
    }
  }

  #follow(roomId: string): { stop(): void } {
    const { rooms, api, connection } = this.#tab;
    let isCursorRefused = false;
    const feed = follow(
      (handlers) =>
        api.room.feed.subscribe(
          { roomId, lastEventId: isCursorRefused ? null : rooms.cursorOf(roomId) },
          {
            ...handlers,
            onData: ({ id, data }) => {
              isCursorRefused = false;
              feed.settle();
              const known = parseCursor(rooms.cursorOf(roomId) ?? ".0").version;
              const { from, to } = data;
              const { epoch } = parseCursor(id);
              const rows = data.changes.map(seenChange);
              const { journal, device } = this.#tab.opts;
              journal.note(device, {
                type: "batch",
                roomId,
                from,
                to,
                epoch,
                isReset: Boolean(data.reset),
                known,
                rows,
              });
              if (!rooms.takeBatch(roomId, data, id)) return feed.restart();
              connection.setCaughtUp(roomId, true);
            },
          },
        ),
      (refusal) => {
        isCursorRefused = refusal.reason === "INVALID";
        connection.setCaughtUp(roomId, false);
        return this.#isOver(roomId, refusal);
      },
    );
    const stopWaking = connection.onWell(feed.wake);
    return {
      stop() {
        stopWaking();
        feed.stop();
      },
    };
  }

  #isOver(roomId: string, { reason }: Refusal): boolean {
    if (reason === "UNAUTHORIZED") this.#tab.signOut();
    else if (reason === "NOT_FOUND" || reason === "REMOVED") this.#leave(roomId, reason);
    else return false;
    return true;
  }

  #leave(roomId: string, reason: string): void {
    const { journal, device } = this.#tab.opts;
    journal.note(device, { type: "left", roomId, reason });
    this.#feeds.get(roomId)?.stop();
    this.#feeds.delete(roomId);
    this.#tab.rooms.leave(roomId);
  }

  /** The page above what is shown. */
  async readOlder(roomId: string): Promise<void> {
    const { rooms, api } = this.#tab;
    const state = rooms.getState(roomId);
    if (!state?.hasOlder) return;
    const page = await api.message.page.query({ roomId, before: state.floor });
    this.#note(roomId, "older", page);
    rooms.takeOlder(roomId, page, state.floor);
  }

  async openThread(roomId: string, rootId: string): Promise<void> {
    const { rooms, api } = this.#tab;
    if (rooms.getState(roomId)?.threads.has(rootId)) return;
    const page = await api.thread.page.query({ rootId });
    this.#note(roomId, "thread", { ...page, quoted: [page.root, ...page.quoted] });
    rooms.update(roomId, (now) => applyThread(now, page));
  }

  #note(roomId: string, via: Via, page: { messages: Message[]; quoted: Message[]; cursor: string }): void {
    const { journal, device } = this.#tab.opts;
    const rows = [...page.messages, ...page.quoted].map(seenMessage);
    journal.note(device, { type: "page", roomId, via, version: parseCursor(page.cursor).version, rows });
  }
}
