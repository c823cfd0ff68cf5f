import { describe, expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { applied, follow } from "#test/follow.ts";
import { RawSocket } from "#test/raw-socket.ts";
import { eventually, inAWorld, type Somebody } from "#test/world.ts";

/** A room with two hundred who write at once, and messages as large as they may be: nothing lost, no hole, the same for all. */
const world = inAWorld();

const WRITERS = 200;
const upTo = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);

/** What a feed brought, by number; a number that came twice is there twice. */
const numbersIn = (raw: RawSocket, id: number) =>
  raw
    .of(id)
    .flatMap((message) => message.result?.data?.data?.changes ?? [])
    .flatMap((change) => (change.type === "message" ? [{ seq: change.message.seq, body: change.message.body }] : []));

describe("a room with two hundred writers", () => {
  test("who each say three things at once, over sockets of their own, have every word, once, in the same order", async () => {
    const people = await Promise.all(Array.from({ length: WRITERS }, (_, n) => world().person(`writer${n}`)));
    const roomId = await world().room(...people);
    const { version } = await world().ledger(roomId);
    const node = await world().node();
    const stage = await world().serve(node);
    const sockets: RawSocket[] = [];
    for (const person of people) {
      const raw = await RawSocket.open(stage, person);
      raw.ask(1, "subscription", "room.feed", { roomId, lastEventId: `${node.hub.epoch}.${version}` });
      sockets.push(raw);
    }
    await eventually(
      () => node.hub.seats,
      (seats) => seats === WRITERS,
    );
    for (const round of [1, 2, 3])
      for (const [n, raw] of sockets.entries())
        raw.ask(1 + round, "mutation", "message.send", { roomId, clientId: newId(), body: `${n} says ${round}` });
    await eventually(
      async () => (await world().ledger(roomId)).bodies.length,
      (said) => said === 3 * WRITERS,
    );
    const { seqs, bodies } = await world().ledger(roomId);
    expect(seqs).toEqual(upTo(version + 1, 3 * WRITERS));
    expect(new Set(bodies).size).toBe(3 * WRITERS);
    const last = `"seq":${seqs.at(-1)},`;
    await eventually(
      () => sockets.filter(({ frames }) => !frames.some((frame) => frame.includes(last))).length,
      (behind) => behind === 0,
    );
    const table = seqs.map((seq, place) => ({ seq, body: bodies[place] }));
    for (const raw of sockets) {
      expect(numbersIn(raw, 1)).toEqual(table);
      const answers = [2, 3, 4].map((id) => raw.of(id)[0].result.data.seq);
      for (const [place, seq] of answers.entries())
        expect(bodies[seq - version - 1]).toBe(`${sockets.indexOf(raw)} says ${place + 1}`);
      raw.socket.terminate();
    }
  });
});

describe("messages at the limit of their size", () => {
  test.each([
    ["letters", "x"],
    ["characters of four bytes", "😀"],
    ["characters that JSON spells out", "\u0001"],
  ])(
    "two hundred in one batch, of 4,000 %s, reach who listens, who comes back, and who is far away",
    async (_, letter) => {
      const [ana, ben] = (await Promise.all(["ana", "ben"].map((name) => world().person(name)))) as [
        Somebody,
        Somebody,
      ];
      const roomId = await world().room(ana, ben);
      const { version } = await world().ledger(roomId);
      const [near, far] = [await world().node(), await world().node()];
      const [stage, farStage] = [await world().serve(near), await world().serve(far)];
      const seen = [follow(stage.client(ben), roomId), follow(farStage.client(ben), roomId)];
      await eventually(
        () => near.hub.seats + far.hub.seats,
        (seats) => seats === 2,
      );
      const body = (n: number) => `${n} `.padEnd(4, "-") + letter.repeat(3_996);
      const sent = await Promise.all(
        upTo(0, 200).map((n) => near.sends.send({ roomId, authorId: ana.id, clientId: newId(), body: body(n) })),
      );
      expect(sent.map(({ seq }) => seq)).toEqual(upTo(version + 1, 200));
      const batches = (await near.metrics.batchSize.get()).values;
      expect(batches.find(({ metricName }) => metricName?.endsWith("_count"))?.value, "one commit").toBe(1);
      seen.push(follow(stage.client(ben), roomId, `${near.hub.epoch}.${version}`));
      for (const { bodies, batches: got } of seen) {
        await eventually(
          () => bodies().length,
          (count) => count === 200,
        );
        expect(bodies()).toEqual(upTo(0, 200).map(body));
        expect(applied(got).gaps, "only where it begins").toBe(got[0]?.reset ? 0 : 1);
      }
      const tooLong = near.sends.send({ roomId, authorId: ana.id, clientId: newId(), body: letter.repeat(4_001) });
      await expect(tooLong, "and one more is too long").rejects.toMatchObject({ code: "TOO_LONG" });
      expect(seen.flatMap(({ errors }) => errors)).toEqual([]);
    },
  );
});
