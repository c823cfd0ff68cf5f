import type { SentMessage } from "#shared/messages.ts";
import { Patience } from "#ui/trpc/patience.ts";
import { refusalOf } from "#ui/trpc/refusal.ts";
import { isOnItsWay, type OutboxEntry, type OutboxPlace } from "./outbox-entry.ts";
import { OutboxShelf } from "./outbox-shelf.ts";
import type { OutboxStorage } from "./outbox-storage.ts";
import type { OutboxTabs } from "./outbox-tabs.ts";
import { isCounted, type Verdict, verdictOn } from "./verdict.ts";

export type OutboxPorts = {
  storage: OutboxStorage;
  tabs: OutboxTabs;
  send(entry: OutboxEntry): Promise<Pick<SentMessage, "version">>;
  /** Whether everything is being answered right now. Without it we still try, over HTTP, but do not count a silence. */
  isLinkLive(): boolean;
  isOnline(): boolean;
  onSignedOut(): void;
};

/** What the server asked of the whole outbox; `until` in ms since 1970, in the past if nothing holds it up. */
export type Pause = { until: number; isBusy: boolean };

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 30_000;

/** One room's turn to send: the loop that runs for it, how long it waits after a failure, and what is known of that. */
type Lane = { isRunning: boolean; isAsked: boolean; isWoken: boolean; patience: Patience; isUnavailable: boolean };

type Next = "go on" | "wait" | "stop";
const NEXT = { pause: "go on", wait: "wait", retry: "wait", "sign-in": "stop" } as const;

/**
 * What this person wrote and the server has not acknowledged. An entry goes out in its room's order, one at a time, and
 * keeps its clientId through every attempt: the server takes a repeat for what it is (R7). It is dropped only when the
 * room's own row with that clientId is here, or the room is known up to that row.
 */
export class Outbox {
  private pause: Pause = { until: 0, isBusy: false };
  private readonly tries = new Map<string, number>();
  private readonly lanes = new Map<string, Lane>();
  private readonly shelf: OutboxShelf;
  private readonly ports: OutboxPorts;

  constructor(ports: OutboxPorts) {
    this.ports = ports;
    this.shelf = new OutboxShelf(ports.storage, ports.tabs);
  }

  getEntries = (): readonly OutboxEntry[] => this.shelf.getEntries();
  getPause = (): Pause => this.pause;
  subscribe = (listener: () => void): (() => void) => this.shelf.subscribe(listener);

  /** Whether something waits because the server cannot reach its database. */
  isUnavailable = (): boolean =>
    this.getEntries().some(({ roomId, state }) => isOnItsWay(state) && this.lanes.get(roomId)?.isUnavailable);

  /** True when this browser would not store the entry: it lives as long as the tab. */
  isOnlyHere = (clientId: string): boolean => this.shelf.isRefused(clientId);

  /** Takes up what an earlier page left behind; returns the way to stop listening to other tabs. */
  start(): () => void {
    void this.shelf.takeUp().then(this.wake);
    return this.ports.tabs.listen(() => void this.shelf.reload().then(this.drainAll));
  }

  add(roomId: string, body: string, place?: OutboxPlace): void {
    void this.shelf.add(roomId, body, place).then(() => this.drain(roomId));
  }

  retry(clientId: string): void {
    const entry = this.shelf.find(clientId);
    if (!entry) return;
    this.tries.delete(clientId);
    void this.shelf.change(clientId, { state: "waiting", error: null }).then(() => this.drainNow(entry.roomId));
  }

  discard(clientId: string): void {
    this.tries.delete(clientId);
    this.shelf.drop(clientId);
  }

  /** Drops what has its place in the history. Up to `version` every row of the room is here or below the window. */
  settle(roomId: string, hasRow: (clientId: string) => boolean, version: number): void {
    for (const { clientId, roomId: itsRoom } of this.getEntries()) {
      const isPassed = (this.shelf.versionOf(clientId) ?? Number.POSITIVE_INFINITY) <= version;
      if (itsRoom === roomId && (isPassed || hasRow(clientId))) this.discard(clientId);
    }
  }

  /** Sends now whatever waits: the link is back. */
  wake = (): void => {
    for (const [roomId, { patience }] of this.lanes) {
      patience.reset();
      this.drainNow(roomId);
    }
    this.drainAll();
  };

  private drainAll = (): void => this.shelf.roomsWaiting().forEach((roomId) => void this.drain(roomId));

  /** Without a wait, also after an attempt that is being made at this moment and goes wrong. */
  private drainNow(roomId: string): void {
    const lane = this.lane(roomId);
    lane.isWoken = lane.isRunning;
    lane.patience.wake();
    void this.drain(roomId);
  }

  /** One loop per room, and one timer: what is asked while it runs or waits has its turn with the rest. */
  private async drain(roomId: string): Promise<void> {
    const lane = this.lane(roomId);
    lane.isAsked = true;
    if (lane.isRunning) return;
    lane.isRunning = true;
    while (lane.isAsked) {
      lane.isAsked = false;
      lane.isWoken = false;
      if (await this.sendAlone(roomId, lane)) continue;
      // Outside the lock: another tab may be luckier.
      if (!lane.isWoken) await lane.patience.wait(lane.patience.nextMs());
      lane.isAsked = true;
    }
    lane.isRunning = false;
  }

  private lane(roomId: string): Lane {
    const known = this.lanes.get(roomId);
    if (known) return known;
    const patience = new Patience(FIRST_WAIT_MS, LONGEST_WAIT_MS);
    const lane: Lane = { isRunning: false, isAsked: false, isWoken: false, patience, isUnavailable: false };
    this.lanes.set(roomId, lane);
    return lane;
  }

  /** Answers false when what is left has to wait a while. */
  private async sendAlone(roomId: string, lane: Lane): Promise<boolean> {
    let isDone = false;
    const work = async () => {
      isDone = await this.sendAll(roomId, lane);
    };
    // Whatever it was, what waits is still on the shelf: answering "not done" has it tried again.
    await this.ports.tabs.alone(roomId, work).catch(() => {});
    return isDone;
  }

  private async sendAll(roomId: string, lane: Lane): Promise<boolean> {
    await this.shelf.reload();
    for (;;) {
      while (this.pause.until > Date.now()) await sleep(this.pause.until - Date.now());
      const entry = this.shelf.next(roomId);
      if (!entry) return true;
      if (!this.ports.isOnline()) return false;
      const next = await this.sendOne(entry, lane);
      if (next !== "go on") return next === "stop";
    }
  }

  private async sendOne(entry: OutboxEntry, lane: Lane): Promise<Next> {
    this.shelf.alter(entry.clientId, { state: "sending" });
    try {
      const { version } = await this.ports.send(entry);
      this.tries.delete(entry.clientId);
      lane.patience.reset();
      lane.isUnavailable = false;
      await this.shelf.markSent(entry.clientId, version);
      return "go on";
    } catch (error) {
      return this.judge(entry, error, lane);
    }
  }

  private async judge(entry: OutboxEntry, error: unknown, lane: Lane): Promise<Next> {
    const { clientId } = entry;
    const refusal = refusalOf(error);
    const isLinkLive = this.ports.isLinkLive();
    const tries = (this.tries.get(clientId) ?? 0) + (isCounted(refusal, isLinkLive) ? 1 : 0);
    this.tries.set(clientId, tries);
    lane.isUnavailable = refusal.reason === "UNAVAILABLE";
    const verdict = verdictOn(refusal, tries, isLinkLive);
    if (verdict.kind === "fail") {
      lane.patience.reset();
      await this.fail(entry, verdict);
      return "go on";
    }
    if (verdict.kind === "pause") this.pause = { until: Date.now() + verdict.forMs, isBusy: verdict.isBusy };
    this.shelf.alter(clientId, { state: "waiting" });
    if (verdict.kind === "sign-in") this.ports.onSignedOut();
    return NEXT[verdict.kind];
  }

  private async fail(entry: OutboxEntry, { sentence, needsNewName }: Verdict & { kind: "fail" }): Promise<void> {
    this.tries.delete(entry.clientId);
    const news = { state: "failed", error: sentence } as const;
    if (!needsNewName) await this.shelf.change(entry.clientId, news);
    else if (this.shelf.find(entry.clientId)) await this.shelf.rename(entry, news);
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
