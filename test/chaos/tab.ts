import { newId } from "#shared/ids.ts";
import { MeStore } from "#ui/me/me-store.ts";
import { Outbox } from "#ui/messages/outbox.ts";
import type { OutboxEntry } from "#ui/messages/outbox-entry.ts";
import { sendWithin } from "#ui/messages/send.ts";
import { versionOf } from "#ui/rooms/room-state.ts";
import { RoomStore } from "#ui/rooms/room-store.ts";
import type { Client } from "#ui/trpc/client.ts";
import { Connection } from "#ui/trpc/connection.ts";
import { follow } from "#ui/trpc/follow.ts";
import { refusalOf } from "#ui/trpc/refusal.ts";
import { cookies, dropSockets } from "./browser-socket.ts";
import type { Asked, Journal, Outcome, SentRow } from "./journal.ts";
import { clientOf } from "./links.ts";
import { OpenRooms } from "./open-rooms.ts";

export type TabOptions = {
  device: string;
  viewerId: string;
  sessionId: string;
  cookie: string;
  /** Where the device's link listens. */
  port: number;
  /** What waits to be sent, in what outlives a tab. */
  stored: Map<string, OutboxEntry>;
  journal: Journal;
  /** An entry was acknowledged. */
  onSent(entry: OutboxEntry): void;
  onSignedOut(): void;
  /** A planted defect: every attempt of a send goes out under a name of its own. */
  mintsAnew?: boolean | undefined;
};

/** The longest that somebody waits for the answer to anything but a send, which has its own patience. */
const ANSWER_WITHIN_MS = 10_000;
/** Refused for a reason that says nothing of whether it was done. */
const UNKNOWN = [null, "UNAVAILABLE", "INTERNAL"];

/**
 * A page of the product without its screen: the product's connection, stores, reducers, outbox and ways of following, put
 * together as src/ui does it (chat-provider.tsx, me-feed.tsx, links.ts), and a journal of whatever happens.
 */
export class Tab {
  readonly rooms = new RoomStore();
  readonly me = new MeStore([]);
  readonly outbox: Outbox;
  readonly api: Client;
  readonly opts: TabOptions;
  readonly open: OpenRooms;
  readonly connection = new Connection();
  isClosed = false;
  readonly #hangUp: () => Promise<void>;
  #stops: (() => void)[] = [];

  constructor(opts: TabOptions) {
    this.opts = opts;
    cookies.set(opts.port, opts.cookie);
    const { api, close } = clientOf(this.connection, opts);
    this.api = api;
    this.#hangUp = close;
    this.outbox = this.#outbox();
    this.open = new OpenRooms(this);
    opts.journal.note(opts.device, { type: "began", session: opts.sessionId });
    this.#start();
  }

  /** A tab that was closed has no hands: neither its storage nor its server hears of it any more. */
  #outbox(): Outbox {
    const { stored } = this.opts;
    const never = () => new Promise<never>(() => {});
    return new Outbox({
      storage: {
        all: async () => [...stored.values()],
        put: async (entry) => void (this.isClosed || stored.set(entry.clientId, entry)),
        remove: async (clientId) => void (this.isClosed || stored.delete(clientId)),
      },
      tabs: {
        alone: (_roomId, work) => (this.isClosed ? never() : work()),
        announce: () => {},
        listen: () => () => {},
      },
      send: (entry) => (this.isClosed ? never() : this.send(entry)),
      isLinkLive: () => this.connection.getState() === "live",
      isOnline: () => true,
      onSignedOut: () => this.signOut(),
    });
  }

  /** One attempt, written down. */
  async send(entry: OutboxEntry, verb = "send"): Promise<SentRow> {
    const sent = this.opts.mintsAnew ? { ...entry, clientId: newId() } : entry;
    const { roomId, clientId, body } = sent;
    const row = await this.told({ verb, roomId, clientId, body }, () => sendWithin(this.api, sent));
    if (verb === "send") this.opts.onSent(entry);
    return row;
  }

  /** Asks, writes down what was asked and answered, and throws what was not. */
  async told<Answer>(asked: Asked, call: () => Promise<Answer>): Promise<Answer> {
    const { journal, device } = this.opts;
    const op = journal.ask(device, asked);
    const answered = (outcome: Outcome, reason: string | null, row: SentRow | null) =>
      journal.note(device, { type: "answered", op, outcome, reason, row });
    try {
      const answer = await call();
      answered("ok", null, rowIn(answer));
      return answer;
    } catch (error) {
      const { reason } = refusalOf(error);
      answered(UNKNOWN.includes(reason) ? "unknown" : "refused", reason, null);
      throw error;
    }
  }

  /** The same for whatever is done once: nobody tries it again, and nobody needs to hear how it went. */
  async does(asked: Asked, call: (opts: { signal: AbortSignal }) => Promise<unknown>): Promise<void> {
    await this.told(asked, () => call({ signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })).catch(() => {});
  }

  #start(): void {
    const { connection, rooms, outbox } = this;
    connection.onSessionEnded = () => this.signOut();
    connection.onRefused = () => void this.#askWhy();
    const feed = this.#followMe();
    this.#stops = [
      outbox.start(),
      connection.onWell(outbox.wake),
      rooms.subscribe(() => this.#settle()),
      this.open.start(),
      feed.stop,
    ];
  }

  #followMe() {
    const feed = follow(
      (handlers) =>
        this.api.me.feed.subscribe(undefined, {
          ...handlers,
          onData: (event) => {
            if (event.type === "node") return this.connection.setListening(event.listening);
            feed.settle();
            this.connection.setTrouble(null);
            this.me.take(event);
          },
        }),
      ({ reason }) => {
        if (reason === "UNAVAILABLE") this.connection.setTrouble("database");
        if (reason === "UNAUTHORIZED") this.signOut();
        return reason === "UNAUTHORIZED";
      },
      2_000,
    );
    return feed;
  }

  /** Why no socket was let in: as me-feed.tsx asks. */
  async #askWhy(): Promise<void> {
    const refusal = await this.api.room.list.query().then(() => null, refusalOf);
    if (refusal?.reason === "UNAUTHORIZED") return this.signOut();
    const trouble = refusal?.reason === "UNAVAILABLE" ? "database" : refusal ? null : "sockets";
    if (!this.isClosed && !this.connection.hasSocket) this.connection.setTrouble(trouble);
  }

  #settle(): void {
    for (const roomId of new Set(this.outbox.getEntries().map((entry) => entry.roomId))) {
      const state = this.rooms.getState(roomId);
      if (!state) continue;
      const mine = new Set<string>();
      for (const { author, clientId } of state.messages.values())
        if (author.id === this.opts.viewerId) mine.add(clientId);
      this.outbox.settle(roomId, (clientId) => mine.has(clientId), versionOf(state));
    }
  }

  signOut(): void {
    if (this.isClosed) return;
    const { journal, device, sessionId } = this.opts;
    journal.note(device, { type: "signedOut", session: sessionId });
    this.close();
    this.opts.onSignedOut();
  }

  /** As a crash would: nothing is finished. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.connection.end();
    for (const stop of this.#stops) stop();
    void this.#hangUp().catch(() => {});
    dropSockets(this.opts.port);
  }
}

function rowIn(answer: unknown): SentRow | null {
  const { id, seq, version } = (answer ?? {}) as Partial<SentRow>;
  return id !== undefined && seq !== undefined && version !== undefined ? { id, seq, version } : null;
}
