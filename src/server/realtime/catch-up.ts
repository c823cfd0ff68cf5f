import type pg from "pg";
import { type Batch, cursorOf } from "#shared/feed.ts";
import { sessionEnded } from "../errors.ts";
import { READ_LIMIT, type Read, readChangesAsSystem } from "./changes.ts";
import type { Hub } from "./hub.ts";
import type { Metrics } from "./metrics.ts";
import type { Occupant } from "./seat.ts";
import type { Sockets } from "./sockets.ts";

/** Pages from the table, for whoever is further behind than a ring reaches. */
export class CatchUp {
  readonly #db: pg.Pool;
  readonly #hub: Hub;
  readonly #sockets: Sockets;
  readonly #metrics: Metrics;
  /** Pages that are being read, by the place they begin at. */
  readonly #reading = new Map<string, Promise<Read>>();

  constructor(db: pg.Pool, hub: Hub, sockets: Sockets, metrics: Metrics) {
    this.#db = db;
    this.#hub = hub;
    this.#sockets = sockets;
    this.#metrics = metrics;
  }

  /**
   * One page, for somebody whose membership was proved at the room's number `provedAt`. Throws when the session has ended.
   * Whoever comes back from the same place at the same time shares the read, and may get one that began before they asked: it
   * holds less, never what was committed after they lost their right to it.
   */
  async page(
    roomId: string,
    occupant: Occupant,
    cursor: number,
    provedAt: number,
  ): Promise<Batch & { wasRemoved: boolean }> {
    const read = await this.#readFrom(roomId, cursor);
    if (read.revoked.includes(occupant.sessionId)) throw sessionEnded();
    const { from, to, changes } = read.rooms.get(roomId) ?? { from: cursor, to: cursor, changes: [] };
    const removal = changes.find(
      (one) =>
        one.type === "member" &&
        one.member.leftAt &&
        one.member.person.id === occupant.userId &&
        one.version > provedAt,
    );
    if (!removal) return { from, to, changes, wasRemoved: false };
    const below = changes.filter((change) => change.version < removal.version);
    return { from, to: Math.max(from, removal.version - 1), changes: below, wasRemoved: true };
  }

  #readFrom(roomId: string, cursor: number): Promise<Read> {
    const place = cursorOf(roomId, cursor);
    const underWay = this.#reading.get(place);
    if (underWay) return underWay;
    this.#metrics.reads.inc();
    const reading = readChangesAsSystem(this.#db, [{ roomId, cursor }], READ_LIMIT).finally(() =>
      this.#reading.delete(place),
    );
    this.#reading.set(place, reading);
    return reading.then((read) => {
      // As before everything that goes into a ring: whoever is served by it is asked nothing more (R9).
      this.#sockets.revoke(read.revoked);
      const found = read.rooms.get(roomId);
      if (found) this.#hub.reachBack(found);
      return read;
    });
  }
}
