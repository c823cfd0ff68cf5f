import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import { WebSocket } from "ws";
import type { AppRouter } from "#server/api/router.ts";
import { newId } from "#shared/ids.ts";
import type { Message, SentMessage } from "#shared/messages.ts";
import { OUR_ORIGIN } from "#test/stage.ts";
import type { Somebody } from "#test/world.ts";
import { verdictOn } from "#ui/messages/verdict.ts";
import { emptyRoom, type RoomState, visibleMessages } from "#ui/rooms/room-state.ts";
import { RoomStore } from "#ui/rooms/room-store.ts";
import { follow } from "#ui/trpc/follow.ts";
import { Patience } from "#ui/trpc/patience.ts";
import { refusalOf } from "#ui/trpc/refusal.ts";

/** The product's own patience is 500 ms to 10 s, its keep-alive 20 s and 10 s: a tenth of it, so that a test need not be as patient. */
const WAITS = { firstMs: 50, longestMs: 1_000 };
const OPEN_WITHIN_MS = 10_000;
const KEEP_ALIVE = { intervalMs: 2_000, pongTimeoutMs: 1_000 };

export type DeviceOptions = {
  port: number;
  person: Somebody;
  roomId: string;
  /** How long it waits for an answer before it asks again; 12 s in the product. */
  answerWithinMs?: number;
  keepAlive?: { intervalMs: number; pongTimeoutMs: number };
};

/** The frames that a socket hands on in the place of one that came. */
export type Mangling = (frame: string) => string[];

/** What was acknowledged to somebody. */
export type Said = SentMessage & { authorId: string; clientId: string; body: string };

/**
 * Somebody's browser without a screen: the product's reducer, its way of following a feed and its verdict on what a
 * failed send means, over the real client.
 */
export class Device {
  /** Where the next socket goes. */
  port: number;
  readonly person: Somebody;
  readonly roomId: string;
  /** How its feed was refused, or lost. */
  readonly troubles: string[] = [];
  /** How often a batch began above what it knew, and how often it was told to forget what it knew. */
  gaps = 0;
  resets = 0;
  /** What its sockets do to the frames that come. */
  mangle: Mangling = (frame) => [frame];
  /** Sockets that it opened so far. */
  sockets: WebSocket[] = [];
  readonly api: ReturnType<typeof createTRPCClient<AppRouter>>;
  readonly #rooms = new RoomStore();
  readonly #answerWithinMs: number;
  readonly #ws: ReturnType<typeof createWSClient>;
  readonly #patience = new Patience(WAITS.firstMs, WAITS.longestMs);
  readonly #feed: ReturnType<typeof follow>;
  #isFirst = true;
  #isClosed = false;

  constructor({ port, person, roomId, answerWithinMs = 2_000, keepAlive = KEEP_ALIVE }: DeviceOptions) {
    this.port = port;
    this.person = person;
    this.roomId = roomId;
    this.#answerWithinMs = answerWithinMs;
    this.#ws = createWSClient({
      url: () => this.#nextTurn().then(() => `ws://127.0.0.1:${this.port}/trpc`),
      WebSocket: this.#socketClass(),
      keepAlive: { enabled: true, ...keepAlive },
      retryDelayMs: () => 0,
    });
    this.api = createTRPCClient<AppRouter>({ links: [wsLink({ client: this.#ws })] });
    this.#feed = this.#follow();
  }

  get state(): RoomState {
    return this.#rooms.getState(this.roomId) ?? emptyRoom();
  }

  /** What is on its screen, oldest first. */
  get shown(): Message[] {
    return visibleMessages(this.state);
  }

  get hasSocket(): boolean {
    return this.sockets.some((socket) => socket.readyState === socket.OPEN);
  }

  /** Once; what went wrong is thrown as it came. */
  async send(body: string, clientId = newId()): Promise<Said> {
    const stop = AbortSignal.timeout(this.#answerWithinMs);
    const { roomId } = this;
    const sent = await this.api.message.send.mutate({ roomId, clientId, body }, { signal: stop });
    return { ...sent, authorId: this.person.id, clientId, body };
  }

  /** As an outbox does: under one key, until it is acknowledged or refused for a reason of its own. */
  async insist(body: string, clientId = newId()): Promise<Said> {
    const patience = new Patience(WAITS.firstMs, WAITS.longestMs);
    for (;;) {
      try {
        return await this.send(body, clientId);
      } catch (error) {
        const verdict = verdictOn(refusalOf(error), 0, false);
        if (verdict.kind === "fail" || verdict.kind === "sign-in" || this.#isClosed) throw error;
        await patience.wait(verdict.kind === "pause" ? verdict.forMs : patience.nextMs());
      }
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#feed.stop();
    await this.#ws.close();
    for (const socket of this.sockets) socket.terminate();
  }

  async #nextTurn(): Promise<void> {
    if (!this.#isFirst) await this.#patience.wait(this.#patience.nextMs());
    this.#isFirst = false;
  }

  #socketClass(): typeof globalThis.WebSocket {
    const { person, sockets } = this;
    const patience = this.#patience;
    const mangle: Mangling = (frame) => this.mangle(frame);
    class Browser extends WebSocket {
      constructor(url: string | URL) {
        const headers = { cookie: person.cookie };
        super(url, { headers, origin: OUR_ORIGIN, handshakeTimeout: OPEN_WITHIN_MS });
        sockets.push(this);
        this.on("open", () => patience.reset());
        this.on("error", () => {});
      }
      /** Heard at once, whatever the other end says to it: src/ui/trpc/tracked-socket.ts. */
      override close(code?: number, reason?: string): void {
        const isOpen = this.readyState === this.OPEN;
        super.close(code, reason);
        if (isOpen) queueMicrotask(() => this.terminate());
      }
      override emit(event: string | symbol, ...args: unknown[]): boolean {
        if (event !== "message") return super.emit(event, ...args);
        return mangle(String(args[0])).map((frame) => super.emit(event, Buffer.from(frame), false)).length > 0;
      }
    }
    return Browser as never;
  }

  /** As src/ui/rooms/room-feed.tsx does. */
  #follow(): ReturnType<typeof follow> {
    const feed = follow(
      (handlers) =>
        this.api.room.feed.subscribe(
          { roomId: this.roomId, lastEventId: this.#rooms.cursorOf(this.roomId) },
          {
            ...handlers,
            onData: ({ id, data }) => {
              feed.settle();
              if (data.reset) this.resets++;
              if (this.#rooms.takeBatch(this.roomId, data, id)) return;
              this.gaps++;
              feed.restart();
            },
          },
        ),
      (refusal) => {
        this.troubles.push(refusal.reason ?? "transport");
        return refusal.reason === "REMOVED" || refusal.reason === "NOT_FOUND" || refusal.reason === "UNAUTHORIZED";
      },
      WAITS.longestMs,
    );
    return feed;
  }
}
