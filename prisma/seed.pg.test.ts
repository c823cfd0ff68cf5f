import { expect, test } from "vitest";
import { inAWorld } from "#test/world.ts";
import { CAST } from "./fixtures.ts";
import { readScript, seed } from "./seed.ts";

const world = inAWorld();

test("the seed fills an empty database once, and refuses one with people in it", async () => {
  const seeded = await seed(world().pool);
  expect(seeded.people).toBe(CAST.length);
  expect(seeded.messages).toBeGreaterThan(90);
  const { rows } = await world().pool.query("select count(*)::int as messages from message");
  expect(rows[0].messages).toBe(seeded.messages);
  await expect(seed(world().pool)).rejects.toThrow("The seed is for an empty one.");
  const again = await world().pool.query("select count(*)::int as messages from message");
  expect(again.rows[0].messages, "nothing half-done").toBe(seeded.messages);
});

test("a script's lines that name nobody go on where the last one stopped", () => {
  expect(readScript("ana: one\ntwo\nben: three").map(({ author, body }) => [author, body])).toEqual([
    ["ana", "one\ntwo"],
    ["ben", "three"],
  ]);
});

test("a script knows replies, quotes, reactions and pins", () => {
  const [one, two] = readScript("ana: one\n! ben\n+ 🎉 ben cleo\n> ben: reply\nand more\n+ 👍 ana\n^ cleo: two");
  expect(one).toMatchObject({ pinnedBy: "ben", reactions: [{ emoji: "🎉", by: ["ben", "cleo"] }], isQuote: false });
  expect(one?.replies).toMatchObject([
    { author: "ben", body: "reply\nand more", reactions: [{ emoji: "👍", by: ["ana"] }] },
  ]);
  expect(two).toMatchObject({ author: "cleo", isQuote: true, replies: [] });
});
