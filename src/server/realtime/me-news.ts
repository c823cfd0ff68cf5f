import type { Hint } from "./hints.ts";
import type { Pair } from "./me-reads.ts";

/** What hints have marked since it was last read: ids alone, so that a thousand hints of one thing are one. */
export class MeNews {
  /** Feeds that know nothing yet, or may have missed anything. */
  readonly everything = new Set<string>();
  /** People whose list of rooms is stale. */
  readonly lists = new Set<string>();
  /** People whose acquaintances, threads and saved messages are stale: they are in other rooms than before. */
  readonly moved = new Set<string>();
  readonly settings = new Set<string>();
  /** Rooms in which rows took numbers, from the lowest to the highest. */
  readonly changed = new Map<string, { from: number; to: number }>();
  readonly marks = new Map<string, Pair>();
  readonly profiles = new Set<string>();
  readonly presence = new Set<string>();
  readonly personal = new Set<string>();

  /** Answers whether the hint concerns what is somebody's own. */
  take(hint: Hint): boolean {
    switch (hint.kind) {
      case "person":
        this.lists.add(hint.userId);
        return true;
      case "room":
        this.#widen(hint.roomId, hint);
        return true;
      case "settings":
        this.settings.add(hint.roomId);
        return true;
      case "receipt":
        this.marks.set(`${hint.roomId}:${hint.userId}`, hint);
        return true;
      case "profile":
        this.profiles.add(hint.userId);
        return true;
      case "presence":
        this.presence.add(hint.userId);
        return true;
      case "personal":
        this.personal.add(hint.userId);
        return true;
      default:
        return false;
    }
  }

  #widen(roomId: string, { from, to }: { from: number; to: number }): void {
    const before = this.changed.get(roomId);
    this.changed.set(roomId, { from: Math.min(before?.from ?? from, from), to: Math.max(before?.to ?? to, to) });
  }

  /** Takes over what another could not finish. */
  add(other: MeNews): void {
    for (const key of ["everything", "lists", "moved", "settings", "profiles", "presence", "personal"] as const)
      for (const id of other[key]) this[key].add(id);
    for (const [roomId, range] of other.changed) this.#widen(roomId, range);
    for (const [key, mark] of other.marks) this.marks.set(key, mark);
  }
}
