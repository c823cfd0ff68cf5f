import { ROOM_TITLE_MAX, ROOMS_NAMED_MAX } from "#shared/limits.ts";
import type { NamedRoom } from "#shared/rooms.ts";

/** A channel may be made after somebody named it: what was no channel is asked about again after this long, in ms. */
const NONE_FOR_MS = 60_000;

type Ask = (slugs: string[]) => Promise<readonly NamedRoom[]>;

/** Public channels that messages name and one may not be in. What a page of messages names is asked for at once. */
export class ChannelNames {
  private found: ReadonlyMap<string, NamedRoom> = new Map();
  private asked = new Map<string, number>();
  private wanted = new Set<string>();
  private listeners = new Set<() => void>();

  private readonly ask: Ask;
  private readonly now: () => number;

  constructor(ask: Ask, now: () => number = Date.now) {
    this.ask = ask;
    this.now = now;
  }

  /** By slug; another map when more are known. */
  getFound = (): ReadonlyMap<string, NamedRoom> => this.found;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  want = (slug: string): void => {
    const askedAt = this.asked.get(slug);
    // No channel's name, and it would have the whole question refused.
    if (slug.length > ROOM_TITLE_MAX) return;
    if (this.found.has(slug) || (askedAt !== undefined && this.now() - askedAt < NONE_FOR_MS)) return;
    this.asked.set(slug, this.now());
    if (this.wanted.size === 0) queueMicrotask(() => this.askAll());
    this.wanted.add(slug);
  };

  private askAll(): void {
    const slugs = [...this.wanted];
    this.wanted.clear();
    for (let from = 0; from < slugs.length; from += ROOMS_NAMED_MAX)
      void this.askSome(slugs.slice(from, from + ROOMS_NAMED_MAX));
  }

  private async askSome(slugs: string[]): Promise<void> {
    try {
      const rooms = await this.ask(slugs);
      if (rooms.length === 0) return;
      this.found = new Map([...this.found, ...rooms.map((room) => [room.slug, room] as const)]);
      for (const listener of [...this.listeners]) listener();
    } catch {
      // It stays the words that were typed, and is asked about when it is next drawn.
      for (const slug of slugs) this.asked.delete(slug);
    }
  }
}
