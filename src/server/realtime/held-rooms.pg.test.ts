import { expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { inAWorld } from "#test/world.ts";

/** R8: one refused send never fails its neighbours, nor does one room that somebody holds. */
const world = inAWorld();

test("sends to a room that somebody holds are refused, those beside them in the batch are not; known to be held, it is not waited for again", async () => {
  const ana = await world().person("ana");
  const [held, free] = [await world().room(ana), await world().room(ana)];
  const node = await world().node();
  const send = (roomId: string) =>
    node.sends.send({ roomId, authorId: ana.id, clientId: newId(), body: "hello" }).then(
      () => "sent",
      (error) => error.code as string,
    );
  await world().onOneConnection(async (holder) => {
    await holder.query("begin");
    await holder.query("select from room where id = $1 for update", [held]);
    expect(await Promise.all([send(held), send(free), send(held), send(free)])).toEqual([
      "UNAVAILABLE",
      "sent",
      "UNAVAILABLE",
      "sent",
    ]);
    let mostWaiting = 0;
    const again = Promise.all([send(held), send(free)]);
    let isOver = false;
    void again.then(() => {
      isOver = true;
    });
    while (!isOver) mostWaiting = Math.max(mostWaiting, await world().waitingForLocks());
    expect([await again, mostWaiting]).toEqual([["UNAVAILABLE", "sent"], 0]);
  });
  expect(await Promise.all([send(held), send(free)])).toEqual(["sent", "sent"]);
  expect((await world().ledger(held)).bodies).toHaveLength(1);
});
