import { describe, expect, test } from "vitest";
import { as, codeOf, conversation } from "#test/conversation.ts";
import { eventually, inAWorld } from "#test/world.ts";

/** Edits and deletions at the same instant have one winner, whoever asks: the room's lock decides who is first. */
const world = inAWorld();
const ROUNDS = 40;

async function scene() {
  const on = await conversation(world());
  const row = async (id: string) =>
    (
      await on.sql(
        `select body, version, deleted_at is not null as is_deleted, pinned_at is not null as is_pinned,
           deleted_at >= edited_at as is_edited_before, (select array_agg(body order by version) from message_edit where message_id = id) as edits
         from message where id = $1`,
        id,
      )
    ).rows[0];
  /** Lets these begin one after the other, each waiting for the room's lock behind the one before. */
  const inThisOrder = (...works: (() => Promise<unknown>)[]) =>
    world().onOneConnection(async (holder) => {
      await holder.query("begin");
      await holder.query("select from room where id = $1 for no key update", [on.roomId]);
      const codes: Promise<string>[] = [];
      for (const work of works) {
        codes.push(codeOf(work()));
        await eventually(
          () => world().waitingForLocks(),
          (count) => count === codes.length,
        );
      }
      await holder.query("commit");
      return Promise.all(codes);
    });
  return { ...on, row, inThisOrder };
}

describe("when the order is known", () => {
  test("a deletion stands against an edit that comes after it, and an edit before it is part of what was deleted", async () => {
    const { cleo, ben, say, row, inThisOrder } = await scene();
    const first = await say(cleo, "one");
    const deletedFirst = [() => as(ben).remove(first.id), () => as(cleo).edit(first.id, "two")];
    expect(await inThisOrder(...deletedFirst)).toEqual(["ok", "NOT_FOUND"]);
    expect(await row(first.id)).toMatchObject({ body: "one", is_deleted: true, edits: null });
    const second = await say(cleo, "one");
    const editedFirst = [() => as(cleo).edit(second.id, "two"), () => as(ben).remove(second.id)];
    expect(await inThisOrder(...editedFirst)).toEqual(["ok", "ok"]);
    expect(await row(second.id)).toMatchObject({ body: "two", is_deleted: true, edits: ["one"] });
  });

  test("of two edits the later one stands, and the earlier is kept", async () => {
    const { cleo, say, row, inThisOrder } = await scene();
    const { id } = await say(cleo, "one");
    expect(
      await inThisOrder(
        () => as(cleo).edit(id, "two"),
        () => as(cleo).edit(id, "three"),
      ),
    ).toEqual(["ok", "ok"]);
    expect(await row(id)).toMatchObject({ body: "three", edits: ["one", "two"] });
  });

  test("a deletion stands against reactions and pins that come after it", async () => {
    const { ana, cleo, say, row, inThisOrder, sql } = await scene();
    // Two at a time: a third that waits for a row which the first has changed meanwhile may overtake the second.
    const late = [(id: string) => as(ana).react(id, "👍"), (id: string) => as(ana).pin(id)];
    for (const act of late) {
      const { id } = await say(cleo, "one");
      await as(ana).pin(id);
      const codes = await inThisOrder(
        () => as(cleo).remove(id),
        () => act(id),
      );
      expect(codes).toEqual(["ok", "NOT_FOUND"]);
      expect(await row(id)).toMatchObject({ is_deleted: true, is_pinned: false });
      expect((await sql("select from reaction where message_id = $1", id)).rowCount).toBe(0);
    }
  });
});

test("whatever the order, many times over: what was deleted stays deleted, and of two edits the last number stands", async () => {
  const { ana, ben, cleo, say, row } = await scene();
  for (let round = 0; round < ROUNDS; round++) {
    const [contested, edited] = await Promise.all([say(cleo, "one"), say(cleo, "one")]);
    const [edit, , , react, ...edits] = await Promise.all([
      codeOf(as(cleo).edit(contested.id, "two")),
      codeOf(as(ben).remove(contested.id)),
      codeOf(as(cleo).remove(contested.id)),
      codeOf(as(ana).react(contested.id, "👍")),
      codeOf(as(cleo).edit(edited.id, "two")),
      codeOf(as(cleo).edit(edited.id, "three")),
    ]);
    expect(["ok", "NOT_FOUND"]).toContain(edit);
    expect(["ok", "NOT_FOUND"]).toContain(react);
    const end = await row(contested.id);
    expect(end.is_deleted).toBe(true);
    if (edit === "ok") expect(end).toMatchObject({ body: "two", edits: ["one"], is_edited_before: true });
    else expect(end).toMatchObject({ body: "one", edits: null });
    expect(edits).toEqual(["ok", "ok"]);
    const winner = await row(edited.id);
    expect([winner.body, ...winner.edits].sort()).toEqual(["one", "three", "two"]);
    expect(winner.edits[0]).toBe("one");
  }
});
