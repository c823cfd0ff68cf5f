import { newId } from "#shared/ids.ts";
import { Patience } from "#ui/trpc/patience.ts";
import { refusalOf } from "#ui/trpc/refusal.ts";
import type { OutboxEntry } from "./outbox-entry.ts";
import type { OutboxStorage } from "./outbox-storage.ts";
import type { OutboxTabs } from "./outbox-tabs.ts";
import { verdictOn } from "./verdict.ts";

export type OutboxPorts = {
  storage: OutboxStorage;
  tabs: OutboxTabs;
  send(entry: OutboxEntry): Promise<unknown>;
  /** Whether the socket is open. Without it we still try, over HTTP, but do not count the failures. */
  isLinkUp(): boolean;
  isOnline(): boolean;
  onSignedOut(): void;
};

const PROBE_MS = 5_000;

/**
 * What this person wrote and the server has not acknowledged. An entry goes out in its room's order, one at a time, and
 * keeps its clientId through every attempt: the server takes a repeat for what it is (R7). It is dropped only when the
 * room's own row with that clientId is here.
 */
export class Outbox {
  private entries: readonly OutboxEntry[] = [];
  private pausedUntil = 0;
  private lastCreatedAt = 0;
  private readonly tries = new Map<string, number>();
  private readonly draining = new Map<string, "once" | "again">();
  private readonly unsaved = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private readonly patience = new Patience(0, 0);

  private readonly ports: OutboxPorts;

  constructor(ports: OutboxPorts) {
    this.ports = ports;
  }

  getEntries = (): readonly OutboxEntry[] => this.entries;

  /** When sending goes on, in ms since 1970; in the past if nothing holds it up. */
  getPausedUntil = (): number => this.pausedUntil;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Takes up what an earlier page left behind; returns the way to stop listening to other tabs. */
  start(): () => void {
    void this.takeUp();
    return this.ports.tabs.listen(() => void this.reload().then(() => this.wake()));
  }

  add(roomId: string, body: string): void {
    this.lastCreatedAt = Math.max(Date.now(), this.lastCreatedAt + 1);
    const entry: OutboxEntry = {
      clientId: newId(),
      roomId,
      body,
      createdAt: this.lastCreatedAt,
      state: "waiting",
      error: null,
    };
    this.unsaved.add(entry.clientId);
    this.show([...this.entries, entry]);
    void this.keep(entry).finally(() => {
      this.unsaved.delete(entry.clientId);
      void this.drain(roomId);
    });
  }

  retry(clientId: string): void {
    const entry = this.entries.find((each) => each.clientId === clientId);
    if (!entry) return;
    this.tries.delete(clientId);
    void this.change(entry, { state: "waiting", error: null }).then(() => this.drain(entry.roomId));
  }

  discard(clientId: string): void {
    this.tries.delete(clientId);
    this.show(this.entries.filter((entry) => entry.clientId !== clientId));
    void this.ports.storage.remove(clientId).then(this.ports.tabs.announce, () => {});
  }

  /** Drops what has its place in the history. */
  settle(roomId: string, hasRow: (clientId: string) => boolean): void {
    for (const entry of this.entries)
      if (entry.roomId === roomId && hasRow(entry.clientId)) this.discard(entry.clientId);
  }

  /** Sends now whatever waits: the link is back. */
  wake = (): void => {
    this.patience.wake();
    for (const roomId of new Set(this.entries.filter(isWaiting).map((entry) => entry.roomId))) void this.drain(roomId);
  };

  private async takeUp(): Promise<void> {
    await this.reload();
    // Acknowledged before this page was loaded: its history has them.
    for (const entry of this.entries) if (entry.state === "sent") this.discard(entry.clientId);
    this.wake();
  }

  /** Reads what all tabs have written, and keeps what only this one knows: what is on its way, and what is not written yet. */
  private async reload(): Promise<void> {
    const stored = await this.ports.storage.all().catch(() => [...this.entries]);
    const isMine = ({ clientId, state }: OutboxEntry) =>
      this.unsaved.has(clientId) || state === "sending" || state === "sent";
    const mine = new Map(this.entries.filter(isMine).map((entry) => [entry.clientId, entry]));
    const others = stored.filter((entry) => !mine.has(entry.clientId));
    this.show([...others, ...mine.values()].sort((a, b) => a.createdAt - b.createdAt));
  }

  private async drain(roomId: string): Promise<void> {
    if (this.draining.has(roomId)) return void this.draining.set(roomId, "again");
    do {
      this.draining.set(roomId, "once");
      await this.ports.tabs.alone(roomId, () => this.sendAll(roomId)).catch(() => {});
    } while (this.draining.get(roomId) === "again");
    this.draining.delete(roomId);
  }

  private async sendAll(roomId: string): Promise<void> {
    await this.reload();
    for (;;) {
      const next = this.entries.find((entry) => entry.roomId === roomId && isWaiting(entry));
      if (!next || !this.ports.isOnline() || !(await this.sendOne(next))) return;
    }
  }

  /** One attempt. Answers whether the room's next attempt may follow. */
  private async sendOne(entry: OutboxEntry): Promise<boolean> {
    while (this.pausedUntil > Date.now()) await this.patience.wait(this.pausedUntil - Date.now());
    this.alter(entry.clientId, { state: "sending" });
    try {
      await this.ports.send(entry);
      this.tries.delete(entry.clientId);
      await this.change(entry, { state: "sent" });
      return true;
    } catch (error) {
      return this.judge(entry, error);
    }
  }

  private async judge(entry: OutboxEntry, error: unknown): Promise<boolean> {
    const isLinkUp = this.ports.isLinkUp();
    const tries = (this.tries.get(entry.clientId) ?? 0) + (isLinkUp ? 1 : 0);
    this.tries.set(entry.clientId, tries);
    const verdict = verdictOn(refusalOf(error), Math.max(tries, 1), isLinkUp);
    if (verdict.kind === "fail") {
      await this.change(entry, { state: "failed", error: verdict.sentence });
      return true;
    }
    if (verdict.kind === "pause") this.pausedUntil = Date.now() + verdict.forMs;
    this.alter(entry.clientId, { state: "waiting" });
    if (verdict.kind === "retry") await this.patience.wait(verdict.afterMs);
    if (verdict.kind === "sign-in") this.ports.onSignedOut();
    if (verdict.kind === "wait") setTimeout(() => void this.drain(entry.roomId), PROBE_MS);
    return verdict.kind === "retry" || verdict.kind === "pause";
  }

  private async change(entry: OutboxEntry, news: Partial<OutboxEntry>): Promise<void> {
    const known = this.alter(entry.clientId, news);
    if (known) await this.keep(known);
  }

  private alter(clientId: string, news: Partial<OutboxEntry>): OutboxEntry | null {
    const known = this.entries.find((entry) => entry.clientId === clientId);
    if (!known) return null;
    const next = { ...known, ...news };
    this.show(this.entries.map((entry) => (entry === known ? next : entry)));
    return next;
  }

  /** A device without storage (a private window) still sends; it only forgets on reload. */
  private keep(entry: OutboxEntry): Promise<void> {
    return this.ports.storage.put(entry).then(this.ports.tabs.announce, () => {});
  }

  private show(entries: readonly OutboxEntry[]): void {
    this.entries = entries;
    for (const listener of [...this.listeners]) listener();
  }
}

function isWaiting(entry: OutboxEntry): boolean {
  return entry.state === "waiting";
}
