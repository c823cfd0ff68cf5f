import { administer, sibling } from "#test/test-postgres.ts";
import { environmentOf } from "../database.ts";
import type { Measured, Rounds, Run } from "./measured.ts";

/** What a room of so many messages is called in the table. */
const nameOf = (messages: number) => `10^${Math.log10(messages)}`;

/**
 * A page of fifty from rooms that differ in nothing but their past, and the list of somebody in many rooms beside that of
 * somebody in few. `ours` is the largest: what it costs must not grow with what lies behind it.
 */
export async function measureHistory({ stage, plan, say }: Run): Promise<Rounds> {
  const { sizes, pages } = plan.history;
  await stage.unseatAll();
  await administer(stage.adminUrl, "create database bench_history template template0");
  const url = sibling(stage.adminUrl, "bench_history");
  const reader = stage.spawn("history", "history", environmentOf({ ours: url }), []);
  try {
    say(`Writing rooms of ${sizes.join(", ")} messages …`);
    await reader.call("prepare", { url, sizes });
    const measured = await reader.call<Measured[]>("pages", { turns: pages });
    const lists = await reader.call<{ few: number; many: number }>("lists", { turns: pages });
    const rounds: Rounds = new Map();
    for (const [index, size] of sizes.entries()) {
      const isLargest = index === sizes.length - 1;
      rounds.set(isLargest ? "ours" : nameOf(size), [{ ...measured[index] }]);
    }
    Object.assign(rounds.get("ours")?.[0] ?? {}, { roomListMillis: lists.many });
    rounds.set("few-rooms", [{ roomListMillis: lists.few }]);
    return rounds;
  } finally {
    await stage.dismiss(reader);
  }
}
