import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cursorOf } from "#shared/feed.ts";
import type { Message } from "#shared/messages.ts";
import type { Client } from "#test/follow.ts";
import { batchesAfter, freshRoom } from "#test/room-mirror.ts";
import { timeFor } from "#test/time-box.ts";
import { eventually, inAWorld } from "#test/world.ts";
import { applyBatch, emptyRoom, GAP, type RoomState, visibleMessages } from "#ui/rooms/room-state.ts";

/** Whatever a device believes about where it stands, it ends with what is there (R6): nothing lost, and no ghost. */
const world = inAWorld();

/** A device that follows a room by its reducer, from a state and a cursor of the test's choice; after a gap it asks again from its own. */
class Screen {
  state: RoomState;
  gaps = 0;
  resets = 0;
  readonly errors: string[] = [];
  readonly #client: Pick<Client, "api">;
  readonly #roomId: string;
  #subscription: { unsubscribe(): void } | null = null;

  constructor(client: Pick<Client, "api">, roomId: string, state: RoomState, cursor: string | null = state.cursor) {
    this.#client = client;
    this.#roomId = roomId;
    this.state = state;
    this.#listen(cursor);
  }

  #listen(lastEventId: string | null): void {
    const mine = this.#client.api.room.feed.subscribe(
      { roomId: this.#roomId, lastEventId },
      {
        onData: ({ id, data }) => {
          if (mine !== this.#subscription) return;
          const next = applyBatch(this.state, data, id);
          if (data.reset) this.resets++;
          if (next !== GAP) {
            this.state = next;
            return;
          }
          this.gaps++;
          mine.unsubscribe();
          this.#listen(this.state.cursor);
        },
        onError: (error) => {
          // Asked on a socket that was about to close: as the app does, it asks again.
          if (error.data) this.errors.push(error.data.reason);
          else this.#listen(this.state.cursor);
        },
      },
    );
    this.#subscription = mine;
  }

  close(): void {
    this.#subscription?.unsubscribe();
  }

  /** Everything that it knows is in the table as it is there, and from its window on it is what a fresh reader sees. */
  async endsFresh(userId: string): Promise<void> {
    const fresh = await freshRoom(userId, this.#roomId);
    await eventually(
      () => this.state.cursor,
      (cursor) => cursor === fresh.cursor,
    );
    const newest = visibleMessages(fresh);
    expect(visibleMessages(this.state).slice(-newest.length)).toEqual(newest);
    expect(this.state.room).toEqual(fresh.room);
    const { rows } = await world().pool.query<{ id: string; version: number }>(
      "select id, version from message where room_id = $1",
      [this.#roomId],
    );
    const table = new Map(rows.map(({ id, version }) => [id, version]));
    for (const { id, version } of this.state.messages.values()) expect(table.get(id)).toBe(version);
  }
}

/** A room with more than a page in it, some of it changed since it was said. */
async function scene(lines = 70) {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  const [roomId, other] = [await world().room(ana, ben), await world().room(ana, ben)];
  const ids: string[] = [];
  for (let n = 0; n < lines; n++) ids.push(await world().write(ana, roomId, `line ${n}`));
  for (const id of ids.slice(5, 50).filter((_, n) => n % 9 === 0))
    await world().pool.query("update message set body = body || '!', edited_at = now() where id = $1", [id]);
  const node = await world().node();
  const client = (await world().serve(node)).client(ben);
  const head = async () => (await world().ledger(roomId)).version;
  /** What a device holds that stopped listening at `version`, as far as rows still tell: what has changed since is not there. */
  const stateAt = async (version: number): Promise<RoomState> => {
    const beginning = { ...emptyRoom(), cursor: cursorOf(node.hub.epoch, 0) };
    const changes = (await batchesAfter(world(), beginning, roomId)).flatMap((batch) => batch.changes);
    const until = { from: 0, to: version, changes: changes.filter((change) => change.version <= version) };
    const state = applyBatch(beginning, until, cursorOf(node.hub.epoch, version));
    return state === GAP ? beginning : state;
  };
  return { ana, ben, roomId, other, node, client, head, stateAt };
}

const ghost = (roomId: string): Message =>
  ({ id: "0", roomId, seq: 2, version: 1e14, body: "never was", threadRoot: null, replyTo: null }) as Message;

describe("a cursor", () => {
  test("of any epoch and any number brings its device to what is there: from it, or anew", async () => {
    const { roomId, ben, node, client, head, stateAt } = await scene();
    const end = await head();
    const { epoch } = node.hub;
    const which = fc.constantFrom(epoch, epoch, epoch, "000000000000", [...epoch].reverse().join(""));
    const number = fc.oneof(
      fc.integer({ min: 0, max: end }),
      fc.integer({ min: end + 1, max: end + 60 }),
      fc.constantFrom(0, end, end + 1, 2 ** 31, 2 ** 32, 999_999_999_999_999),
    );
    const isTime = timeFor(10_000);
    await fc.assert(
      fc.asyncProperty(which, number, fc.nat(3), async (of, version, noughts) => {
        if (!isTime()) return;
        const cursor = cursorOf(of, version).replace(".", version < 1e9 ? `.${"0".repeat(noughts)}` : ".");
        const isKnown = of === epoch && version <= end;
        // A place that is none: whatever its device holds, a row that never was among it, has to go.
        const lost = { ...emptyRoom(), messages: new Map([["0", ghost(roomId)]]), cursor };
        const screen = new Screen(client, roomId, isKnown ? await stateAt(version) : lost, cursor);
        await screen.endsFresh(ben.id);
        expect([screen.resets, screen.gaps, screen.errors]).toEqual([isKnown ? 0 : 1, 0, []]);
        screen.close();
      }),
      { numRuns: 60 },
    );
    await eventually(
      () => node.hub.seats,
      (seats) => seats === 0,
    );
  });

  test("of another room is a number like any other: where it lies in this one's past, the device finds the gap and begins anew", async () => {
    const { roomId, other, ana, ben, client, node, head } = await scene();
    const numbers = [await head(), (await world().ledger(other)).version];
    for (let n = numbers[1] ?? 0; n < (numbers[0] ?? 0) + 5; n++) await world().write(ana, other, `elsewhere ${n}`);
    const cursorIn = async (id: string) => cursorOf(node.hub.epoch, (await world().ledger(id)).version);
    const lower = new Screen(client, other, emptyRoom(), await cursorIn(roomId));
    const higher = new Screen(client, roomId, emptyRoom(), await cursorIn(other));
    await lower.endsFresh(ben.id);
    await higher.endsFresh(ben.id);
    expect([lower.gaps, lower.resets]).toEqual([1, 1]);
    expect([higher.gaps, higher.resets], "from the future").toEqual([0, 1]);
  });

  test.each([
    "-1",
    "1.5",
    "1e3",
    "0x10",
    "NaN",
    "Infinity",
    " 1",
    "1 ",
    "1\n",
    "",
    "1".repeat(16),
    "9".repeat(40),
    "١",
  ])(
    "with %j for its number is INVALID; the socket lives on, and without one the device begins anew",
    async (number) => {
      const { roomId, ben, client, node } = await scene(3);
      const refused = new Screen(client, roomId, emptyRoom(), `${node.hub.epoch}.${number}`);
      await eventually(
        () => refused.errors,
        ({ length }) => length > 0,
      );
      expect(refused.errors).toEqual(["INVALID"]);
      await new Screen(client, roomId, emptyRoom(), null).endsFresh(ben.id);
      expect(client.sockets).toHaveLength(1);
    },
  );
});

describe("a cursor of before a backup was restored", () => {
  /** History is what it was at `version`; what was said since never was, and the epoch says so. */
  async function restore(roomId: string, version: number): Promise<void> {
    await world().silently("delete from message where room_id = $1 and version > $2", [roomId, version]);
    await world().silently(
      "update room set version = $2, last_seq = least(last_seq, $2), settings_version = least(settings_version, $2) where id = $1",
      [roomId, version],
    );
    await world().pool.query("update instance set epoch = gen_random_uuid()");
    // Any bell that nobody knows has a node look everywhere; by itself it does so within half a minute.
    await world().pool.query("select pg_notify('earshot', 'restored')");
  }

  test.each([
    ["below where history is now", 5],
    ["at the very number where it is now", 20],
    ["above it", 40],
  ])("begins anew when it lies %s, and keeps no word that was taken back", async (_, more) => {
    const { ana, ben, roomId, client, node, head } = await scene(60);
    const before = await freshRoom(ben.id, roomId);
    const epoch = node.hub.epoch;
    const present = new Screen(client, roomId, before);
    // Seated: one that was still on its way would begin anew twice, for what it knows is of the future until the epoch is known.
    await eventually(
      () => node.hub.seats,
      (seats) => seats === 1,
    );
    await restore(roomId, (await head()) - 20);
    for (let n = 0; n < 40 - more; n++) await world().write(ana, roomId, `after ${n}`);
    await eventually(
      () => node.hub.epoch,
      (now) => now !== epoch,
    );
    const back = new Screen(client, roomId, before);
    for (const screen of [back, present]) {
      await screen.endsFresh(ben.id);
      expect(screen.resets).toBe(1);
    }
    await world().write(ana, roomId, "and on");
    for (const screen of [back, present])
      await eventually(
        () => visibleMessages(screen.state).at(-1)?.body,
        (body) => body === "and on",
      );
  });
});
