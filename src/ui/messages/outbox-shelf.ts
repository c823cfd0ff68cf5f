import { newId } from "#shared/ids.ts";
import { IN_ROOM, type OutboxEntry, type OutboxPlace } from "./outbox-entry.ts";
import type { OutboxStorage } from "./outbox-storage.ts";
import type { OutboxTabs } from "./outbox-tabs.ts";

/**
 * The entries of an outbox: what storage holds, and above it what only this tab knows. Storage may be full, forbidden
 * or slow, and is shared with other tabs; nothing that was typed here may vanish for that.
 */
export class OutboxShelf {
  private entries: readonly OutboxEntry[] = [];
  private lastCreatedAt = 0;
  /** What storage does not hold as it stands here: being written, or refused. This tab's word wins. */
  private readonly unsaved = new Map<string, OutboxEntry>();
  private readonly refused = new Set<string>();
  /** Committed by this tab, with the number of its row. */
  private readonly sent = new Map<string, number>();
  /** Dropped by this tab: a storage that did not hear of it must not bring it back. */
  private readonly gone = new Set<string>();
  private readonly listeners = new Set<() => void>();

  private readonly storage: OutboxStorage;
  private readonly tabs: OutboxTabs;

  constructor(storage: OutboxStorage, tabs: OutboxTabs) {
    this.storage = storage;
    this.tabs = tabs;
  }

  getEntries = (): readonly OutboxEntry[] => this.entries;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  find(clientId: string): OutboxEntry | undefined {
    return this.entries.find((entry) => entry.clientId === clientId);
  }

  /** What goes out next in a room. */
  next(roomId: string): OutboxEntry | undefined {
    return this.entries.find((entry) => entry.roomId === roomId && entry.state === "waiting");
  }

  roomsWaiting(): Set<string> {
    return new Set(this.entries.filter(({ state }) => state === "waiting").map(({ roomId }) => roomId));
  }

  /** True when this browser would not store the entry as it stands: it lives as long as the tab. */
  isRefused(clientId: string): boolean {
    return this.refused.has(clientId);
  }

  /** Shows a new entry at once; resolves when storage has it, or has said no. */
  add(roomId: string, body: string, place: OutboxPlace = IN_ROOM): Promise<void> {
    this.lastCreatedAt = Math.max(Date.now(), this.lastCreatedAt + 1);
    const createdAt = this.lastCreatedAt;
    return this.put({ clientId: newId(), roomId, body, ...place, createdAt, state: "waiting", error: null });
  }

  /** The same words under a new name: the old one belongs to another message. */
  async rename(entry: OutboxEntry, news: Partial<OutboxEntry>): Promise<void> {
    this.drop(entry.clientId);
    await this.put({ ...entry, ...news, clientId: newId() });
  }

  /** What happened to an entry, for this tab alone. */
  alter(clientId: string, news: Partial<OutboxEntry>): OutboxEntry | null {
    const known = this.find(clientId);
    if (!known) return null;
    const next = { ...known, ...news };
    this.show(this.entries.map((entry) => (entry === known ? next : entry)));
    return next;
  }

  /** What happened to an entry, for every tab and the next page. */
  async change(clientId: string, news: Partial<OutboxEntry>): Promise<void> {
    const known = this.alter(clientId, news);
    if (known) await this.keep(known);
  }

  async markSent(clientId: string, version: number): Promise<void> {
    this.sent.set(clientId, version);
    await this.change(clientId, { state: "sent" });
  }

  /** The number of the row that an entry became, if this tab sent it. */
  versionOf(clientId: string): number | undefined {
    return this.sent.get(clientId);
  }

  drop(clientId: string): void {
    for (const known of [this.unsaved, this.refused, this.sent]) known.delete(clientId);
    this.gone.add(clientId);
    this.show(this.entries.filter((entry) => entry.clientId !== clientId));
    void this.storage.remove(clientId).then(this.tabs.announce, () => {});
  }

  /**
   * Reads what all tabs have written. What another tab has sent is not shown here: its row comes with the room's feed,
   * or lies outside the page that this tab has, and then nothing would ever take its place.
   */
  async reload(): Promise<void> {
    const stored = await this.storage.all().catch(() => this.entries);
    const isMine = ({ clientId, state }: OutboxEntry) =>
      this.unsaved.has(clientId) || this.sent.has(clientId) || state === "sending";
    const mine = new Map(this.entries.filter(isMine).map((entry) => [entry.clientId, entry]));
    const isOthers = ({ clientId, state }: OutboxEntry) =>
      !mine.has(clientId) && !this.gone.has(clientId) && state !== "sent";
    this.show([...stored.filter(isOthers), ...mine.values()].sort((a, b) => a.createdAt - b.createdAt));
  }

  /** What an earlier page left behind; what it has sent is in this page's history. */
  async takeUp(): Promise<void> {
    const stored = await this.storage.all().catch(() => []);
    for (const { clientId, state } of stored) if (state === "sent" && !this.sent.has(clientId)) this.drop(clientId);
    await this.reload();
  }

  private put(entry: OutboxEntry): Promise<void> {
    this.unsaved.set(entry.clientId, entry);
    this.show([...this.entries, entry].sort((a, b) => a.createdAt - b.createdAt));
    return this.keep(entry);
  }

  private async keep(entry: OutboxEntry): Promise<void> {
    const { clientId } = entry;
    this.unsaved.set(clientId, entry);
    const isKept = await this.storage.put(entry).then(
      () => true,
      () => false,
    );
    if (this.gone.has(clientId)) return;
    if (!isKept) this.refused.add(clientId);
    // A later word on the same entry may be on its way to storage: then that one decides.
    if (isKept && this.unsaved.get(clientId) === entry) {
      this.unsaved.delete(clientId);
      this.refused.delete(clientId);
    }
    if (isKept) this.tabs.announce();
    this.show([...this.entries]);
  }

  private show(entries: readonly OutboxEntry[]): void {
    this.entries = entries;
    for (const listener of [...this.listeners]) listener();
  }
}
