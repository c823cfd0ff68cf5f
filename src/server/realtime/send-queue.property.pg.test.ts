import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { openPool } from "#server/db/pool.ts";
import type { LiveNode } from "#server/realtime/live-node.ts";
import { SendQueue } from "#server/realtime/send-queue.ts";
import { newId } from "#shared/ids.ts";
import type { SentMessage } from "#shared/messages.ts";
import { timeFor } from "#test/time-box.ts";
import { eventually, inAWorld, type Somebody } from "#test/world.ts";

/** R1, R7 and R8, whatever is sent by whomever, wherever and however often, and whatever breaks meanwhile. */
const world = inAWorld();
const LONGEST = 40;

/** What the triggers of this test do to a body: one that Postgres will not have, and one that meets a race at every other look. */
const POISON = `
  create sequence looks;
  create function spoil() returns trigger language plpgsql as $$ begin
    if new.body like 'poison%' then raise exception 'not this one'; end if;
    if nextval('looks') % 2 = 1 then raise exception 'a race' using errcode = '40001'; end if;
    return new; end $$;
  create trigger _150_spoil before insert on message for each row
    when (new.body like 'poison%' or new.body like 'racy%') execute function spoil();`;

type Call = { who: number; room: number; kind: string; key: number | null; variant: number; node: number };
const call = fc.record<Call>({
  who: fc.nat(4),
  room: fc.constantFrom(0, 0, 0, 1, 1, 2),
  kind: fc.constantFrom(...Array(8).fill("said"), "blank", "long", "poison", "racy"),
  key: fc.option(fc.nat(3), { nil: null, freq: 2 }),
  variant: fc.nat(1),
  node: fc.nat(1),
});
const wave = fc.record({
  calls: fc.array(call, { minLength: 1, maxLength: 25, size: "max" }),
  /** Each after the one before it was answered, or all at once. */
  isInTurn: fc.boolean(),
  isCut: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true)),
});

const isTrouble = ({ kind }: Call) => ["racy", "poison", "blank"].includes(kind);

/** A call as it was made, and what came of it. */
type Sent = Call & {
  author: Somebody;
  roomId: string;
  clientId: string;
  body: string;
  askedAt: number;
  settledAt: number;
  times: number;
  answer: SentMessage | null;
  code: string;
  /** No other of its wave makes its batch fail. */
  isAloneInTrouble: boolean;
};
type Row = {
  author_id: string;
  client_id: string;
  room_id: string;
  id: string;
  seq: number;
  version: number;
  body: string;
};

let cast: Somebody[] = [];
const nodes: LiveNode[] = [];
beforeAll(async () => {
  await world().pool.query(POISON);
  cast = await Promise.all(["ana", "ben", "cleo", "dana", "robin"].map((name) => world().person(name)));
  for (const _ of [0, 1]) {
    // Each with connections of its own, as two processes have them.
    const db = openPool(world().db.url, 4);
    world().onClose(() => db.end());
    nodes.push(await world().node({ db, messageMaxLength: LONGEST }));
  }
});

/** The kitchen, where all but dana are; the attic, which robin has left; and a room that is closed. */
async function threeRooms(): Promise<string[]> {
  const [ana, ben, cleo, , robin] = cast as [Somebody, Somebody, Somebody, Somebody, Somebody];
  const rooms = [await world().room(ana, ben, cleo, robin), await world().room(ana, ben, cleo, robin)];
  await world().remove(robin, rooms[1] as string);
  rooms.push(await world().room(ana, ben, cleo, robin));
  await world().pool.query("update room set archived_at = now() where id = $1", [rooms[2]]);
  return rooms;
}

/** Sends, and notes when it was asked and answered, by the order in which that happened. */
function sender(rooms: string[]) {
  const all: Sent[] = [];
  const keys = Array.from({ length: 4 }, () => newId());
  let turn = 0;
  const send = async (one: Call, wave: Call[]) => {
    const n = all.length;
    const bodies: Record<string, string> = { blank: " \n", long: "x".repeat(LONGEST + 1) };
    const body = bodies[one.kind] ?? `${one.kind} ${one.key === null ? n : one.variant}`;
    const [author, roomId] = [cast[one.who] as Somebody, rooms[one.room] as string];
    const clientId = one.key === null ? newId() : (keys[one.key] as string);
    const sent: Sent = {
      ...{ ...one, author, roomId, clientId, body, askedAt: turn++, settledAt: -1, times: 0 },
      ...{ answer: null, code: "", isAloneInTrouble: wave.filter(isTrouble).length === 1 },
    };
    all.push(sent);
    const settle = (news: Partial<Sent>) => Object.assign(sent, news, { settledAt: turn++, times: sent.times + 1 });
    await (nodes[one.node] as LiveNode).sends.send({ roomId, authorId: author.id, clientId, body }).then(
      (answer) => settle({ answer, code: "ok" }),
      (error) => settle({ code: error.code ?? String(error) }),
    );
  };
  return { all, send };
}

/** Ends every connection of the nodes that is in the middle of a batch, while the batch can do nothing but wait. */
async function cutting(roomIds: string[], sending: () => Promise<unknown>): Promise<void> {
  await world().onOneConnection(async (holder) => {
    await holder.query("begin");
    await holder.query("select 1 from room where id = any($1) for update", [roomIds]);
    let isOver = false;
    const sent = sending().finally(() => {
      isOver = true;
    });
    await eventually(async () => isOver || (await world().waitingForLocks()) > 0, Boolean);
    await world().pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    await holder.query("rollback");
    await sent;
  });
}

/** What becomes of a call that shares its key with no other. */
function expectedOf({ who, room, kind, isAloneInTrouble }: Sent): string[] {
  if (who === 3 || (who === 4 && room === 1)) return ["NOT_FOUND"];
  if (room === 2) return ["ARCHIVED"];
  if (kind === "long") return ["TOO_LONG"];
  if (kind === "blank") return ["INVALID"];
  if (kind === "poison") return ["INTERNAL"];
  // A batch that meets a race is asked once more; one that was taken apart before is not.
  return kind === "racy" && !isAloneInTrouble ? ["ok", "INTERNAL"] : ["ok"];
}

const keyOf = ({ author, clientId }: Sent) => `${author.id} ${clientId}`;

function judgeKey(sends: Sent[], rows: Row[]): void {
  const wanted = sends.flatMap(expectedOf);
  const [row] = rows;
  expect(rows.length, "one row for a key, however often it was sent").toBe(
    sends.some(({ code }) => code === "ok") ? 1 : 0,
  );
  for (const sent of sends) {
    expect(sent.times, "answered, and once").toBe(1);
    const says = row && row.room_id === sent.roomId && row.body === sent.body;
    // A twin of one that was refused is refused like it; one that says something else than the row is a conflict.
    if (sent.code === "ok") {
      expect(says).toBe(true);
      expect(sent.answer).toMatchObject({ id: row?.id, seq: row?.seq, version: row?.version });
    } else if (sent.code === "CONFLICT") expect([sends.length > 1, says ?? false]).toEqual([true, false]);
    else expect(wanted).toContain(sent.code);
    if (sends.length === 1) expect(wanted).toContain(sent.code);
  }
}

/** Two of one person in one room: in the order of asking, where the first was answered before, or both went by one node. */
function judgeOrder(sends: Sent[]): void {
  const plain = sends.filter(({ code, key }) => code === "ok" && key === null);
  for (const one of plain)
    for (const other of plain) {
      if (one.author !== other.author || one.roomId !== other.roomId || one.askedAt >= other.askedAt) continue;
      const isInTurn = one.settledAt < other.askedAt || one.node === other.node;
      if (isInTurn) expect(one.answer?.seq).toBeLessThan(other.answer?.seq ?? 0);
    }
}

const upTo = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);

describe("whatever is sent", () => {
  test("is answered once each, and in the table once or not at all, as it was answered; in order and without a hole", async () => {
    const seen = new Set<string>();
    const isTime = timeFor(10_000);
    await fc.assert(
      fc.asyncProperty(fc.array(wave, { minLength: 1, maxLength: 4 }), async (waves) => {
        if (!isTime()) return;
        const rooms = await threeRooms();
        const before = await Promise.all(rooms.map((id) => world().ledger(id)));
        const { all, send } = sender(rooms);
        for (const { calls, isInTurn, isCut } of waves) {
          const sending = async () => {
            if (isInTurn) for (const one of calls) await send(one, calls);
            else await Promise.all(calls.map((one) => send(one, calls)));
          };
          await (isCut ? cutting(rooms, sending) : sending());
        }
        const { rows } = await world().pool.query<Row>(
          "select author_id, client_id, room_id, id, seq, version, body from message where room_id = any($1) order by seq",
          [rooms],
        );
        const byKey = new Map<string, Sent[]>();
        for (const sent of all) byKey.set(keyOf(sent), [...(byKey.get(keyOf(sent)) ?? []), sent]);
        for (const [key, sends] of byKey)
          judgeKey(
            sends,
            rows.filter((row) => `${row.author_id} ${row.client_id}` === key),
          );
        expect(rows.filter((row) => !byKey.has(`${row.author_id} ${row.client_id}`))).toEqual([]);
        for (const [place, id] of rooms.entries()) {
          const base = before[place]?.version ?? 0;
          const { version, seqs } = await world().ledger(id);
          expect(seqs).toEqual(upTo(base + 1, seqs.length));
          expect(version).toBe(base + seqs.length);
        }
        judgeOrder(all);
        for (const { code } of all) seen.add(code);
      }),
      { numRuns: 25 },
    );
    const outcomes = ["ok", "CONFLICT", "NOT_FOUND", "ARCHIVED", "TOO_LONG", "INVALID", "INTERNAL"];
    expect(seen, "something went out").toContain("ok");
    expect(
      [...seen].filter((code) => !outcomes.includes(code)),
      "and nobody was told that the database was away",
    ).toEqual([]);
  });

  test("waits up to the bound and no further: who is over it hears TOO_BUSY at once, everybody else is one row", async () => {
    const bursts = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 });
    const isTime = timeFor(8_000);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), bursts, async (queueMax, sizes) => {
        if (!isTime()) return;
        const [ana] = cast as [Somebody];
        const roomId = await world().room(ana);
        const opts = { messageMaxLength: LONGEST, messagesPerMinute: 1_000_000, queueMax };
        const queue = new SendQueue(world().pool, (nodes[0] as LiveNode).metrics, opts);
        const codes: string[] = [];
        const ask = () =>
          queue.send({ roomId, authorId: ana.id, clientId: newId(), body: "one of many" }).then(
            () => codes.push("ok"),
            (error) => codes.push(error.code),
          );
        const asked: Promise<unknown>[] = [];
        let [waiting, refused] = [0, 0];
        await world().onOneConnection(async (holder) => {
          await holder.query("begin");
          await holder.query("select 1 from room where id = $1 for update", [roomId]);
          for (const [place, size] of sizes.entries()) {
            asked.push(...Array.from({ length: size }, ask));
            const taken = Math.min(size, queueMax - waiting);
            refused += size - taken;
            await eventually(
              () => codes.length,
              (settled) => settled === refused,
            );
            // The first burst leaves as a batch, and waits for the room; the others wait for that batch.
            if (place > 0) waiting += taken;
            else await eventually(() => world().waitingForLocks(), Boolean);
          }
          expect(codes).toEqual(Array(refused).fill("TOO_BUSY"));
        });
        await Promise.all(asked);
        expect(codes.filter((code) => code === "ok")).toHaveLength(asked.length - refused);
        expect((await world().ledger(roomId)).bodies).toHaveLength(asked.length - refused);
      }),
      { numRuns: 15 },
    );
  });
});
