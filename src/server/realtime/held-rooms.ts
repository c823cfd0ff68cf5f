import type pg from "pg";

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

  /** Which of these are held right now. It waits for nobody. A room that is not there is not held: the batch tells. */
  async among(roomIds: readonly string[]): Promise<ReadonlySet<string>> {
    const { rows } = await this.#db.query<{ id: string }>(
      `select id from room where id = any($1::uuid[]) and id not in
         (select id from room where id = any($1::uuid[]) for no key update skip locked)`,
      [roomIds],
    );
    for (const roomId of roomIds) this.#held.delete(roomId);
    for (const { id } of rows) this.#held.add(id);
    return this.#held;
  }
}
