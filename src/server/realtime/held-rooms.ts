import type pg from "pg";

/** Longer than a batch or a verb keeps a room. */
const BUSY_MS = 100;

/**
 * Rooms that somebody holds for longer than a send may wait: a console that has not said commit, a node that stands
 * still in the middle of a verb. All rooms share one lane, so whoever sends there is refused at once, and asked to come
 * again, rather than have everybody wait behind them.
 */
export class HeldRooms {
  readonly #db: pg.Pool;
  readonly #held = new Set<string>();

  constructor(db: pg.Pool) {
    this.#db = db;
  }

  /** True when one of these was held the last time that somebody looked. */
  hasAny(roomIds: readonly string[]): boolean {
    return this.#held.size > 0 && roomIds.some((roomId) => this.#held.has(roomId));
  }

  /** Those of these that were held and still are. */
  async still(roomIds: readonly string[]): Promise<ReadonlySet<string>> {
    const known = roomIds.filter((roomId) => this.#held.has(roomId));
    return this.#keep(known, await this.#look(known));
  }

  /** Those of these that held up a batch. A room whose lock is taken at both of two moments is held, not merely busy. */
  async among(roomIds: readonly string[]): Promise<ReadonlySet<string>> {
    const taken = await this.#look(roomIds);
    if (taken.length > 0) await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
    return this.#keep(roomIds, await this.#look(taken));
  }

  #keep(asked: readonly string[], held: readonly string[]): ReadonlySet<string> {
    for (const roomId of asked) this.#held.delete(roomId);
    for (const roomId of held) this.#held.add(roomId);
    return this.#held;
  }

  /** Whose lock is taken right now. It waits for nobody. A room that is not there is not: the batch tells. */
  async #look(roomIds: readonly string[]): Promise<string[]> {
    if (roomIds.length === 0) return [];
    const { rows } = await this.#db.query<{ id: string }>(
      `select id from room where id = any($1::uuid[]) and id not in
         (select id from room where id = any($1::uuid[]) for no key update skip locked)`,
      [roomIds],
    );
    return rows.map(({ id }) => id);
  }
}
