import { expect } from "vitest";
import { pageBefore } from "#server/domain/messages.ts";
import { PAGE_SIZE_MAX } from "#shared/limits.ts";
import { freshRoom } from "#test/room-mirror.ts";
import { eventually, type Somebody, type World } from "#test/world.ts";
import { applyPage, visibleMessages } from "#ui/rooms/room-state.ts";
import { Device, type DeviceOptions, type Said } from "./device.ts";

/** Time for everybody to come back after the worst of the faults. */
const HEAL_MS = 30_000;

export type SceneOptions = Pick<DeviceOptions, "answerWithinMs" | "keepAlive">;

/**
 * One person per port, all in one room, each with the room open. They talk through a fault, as outboxes do; and in the
 * end everything that was acknowledged is in the table, once, and on every screen, in the table's order.
 */
export class Traffic implements AsyncDisposable {
  readonly world: World;
  readonly roomId: string;
  readonly devices: Device[];
  readonly said: Said[] = [];
  /** Numbers that no row has any more, because it took a later one: of a membership that ended, of a message that was edited. */
  readonly givenUp: number[] = [];
  #tried = 0;
  #isTalking = false;
  #lanes: Promise<void>[] = [];

  private constructor(world: World, roomId: string, devices: Device[]) {
    this.world = world;
    this.roomId = roomId;
    this.devices = devices;
  }

  static async open(world: World, ports: number[], opts: SceneOptions = {}): Promise<Traffic> {
    const names = ["ana", "ben", "cleo"];
    const people = await Promise.all(ports.map((_, i) => world.person(names[i % names.length] ?? "ana")));
    const roomId = await world.room(...people);
    const devices = ports.map((port, i) => new Device({ port, person: people[i] as Somebody, roomId, ...opts }));
    const traffic = new Traffic(world, roomId, devices);
    await eventually(
      () => devices.every(({ state }) => state.cursor !== null),
      (areOpen) => areOpen,
      HEAL_MS,
    );
    return traffic;
  }

  get people(): Somebody[] {
    return this.devices.map(({ person }) => person);
  }

  /** Everybody begins to talk, each in so many voices at once: what one of them waits for does not silence the rest. */
  start(voices = 3): void {
    this.#isTalking = true;
    const all = this.devices.flatMap((device) => Array.from({ length: voices }, () => device));
    this.#lanes = all.map((device) => this.#talk(device));
  }

  async #talk(device: Device): Promise<void> {
    while (this.#isTalking) this.said.push(await device.insist(`word ${++this.#tried} of ${device.person.username}`));
  }

  /** Settles when so many more have been acknowledged. */
  async goesOn(more = 20): Promise<void> {
    const goal = this.said.length + more;
    await eventually(
      () => this.said.length,
      (count) => count >= goal,
      HEAL_MS,
    );
  }

  /** Everybody finishes what they were saying. */
  async stop(): Promise<void> {
    this.#isTalking = false;
    await Promise.all(this.#lanes);
  }

  /** I1 to I4: nothing acknowledged is lost, nothing is there twice, no number is missing, and all screens are the table. */
  async prove(): Promise<void> {
    await this.stop();
    await this.proveTable();
    await Promise.all(this.devices.map((device) => this.proveScreen(device)));
  }

  async proveTable(): Promise<void> {
    const { rows } = await this.world.pool.query<Said & { author: string; key: string }>(
      `select id, seq, version, author_id as author, client_id as key, body from message where room_id = $1 order by seq`,
      [this.roomId],
    );
    const known = new Map(rows.map((row) => [`${row.author} ${row.key}`, row]));
    expect(known.size, "no key has two rows").toBe(rows.length);
    const lost = this.said.filter(({ authorId, clientId, id, seq, body }) => {
      const row = known.get(`${authorId} ${clientId}`);
      return row?.id !== id || row.seq !== seq || row.body !== body;
    });
    expect(lost, "what was acknowledged is there, as it was acknowledged").toEqual([]);
    const { rows: taken } = await this.world.pool.query<{ version: number }>(
      `select version from message where room_id = $1 union all select version from member where room_id = $1
       union all select settings_version from room where id = $1 and settings_version > 0 order by version`,
      [this.roomId],
    );
    const { version } = await this.world.ledger(this.roomId);
    const numbers = [...taken.map((row) => row.version), ...this.givenUp].sort((a, b) => a - b);
    expect(numbers, "no number is missing").toEqual(Array.from({ length: version }, (_, i) => i + 1));
  }

  /** What is on the screen is what a fresh read shows, as far up as the screen goes. */
  async proveScreen(device: Device, withinMs = HEAL_MS): Promise<void> {
    const { version } = await this.world.ledger(this.roomId);
    await eventually(
      () => device.state.cursor ?? "",
      (cursor) => cursor.endsWith(`.${version}`),
      withinMs,
    );
    let fresh = await freshRoom(device.person.id, this.roomId);
    while (fresh.hasOlder && fresh.floor > device.state.floor)
      fresh = applyPage(
        fresh,
        await pageBefore(device.person.id, this.roomId, { before: fresh.floor, limit: PAGE_SIZE_MAX }),
      );
    expect(device.shown).toEqual(visibleMessages(fresh).filter(({ seq }) => seq >= device.state.floor));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isTalking = false;
    await Promise.all(this.devices.map((device) => device.close()));
    await Promise.allSettled(this.#lanes);
  }
}
