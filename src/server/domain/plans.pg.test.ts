import { expect, test, vi } from "vitest";
import { readChangesAsSystem } from "#server/realtime/changes.ts";
import { inAWorld, type Somebody } from "#test/world.ts";
import { pageBefore } from "./messages.ts";
import { roomsOf } from "./rooms.ts";

/** Hot paths go by their index, in a room with a history. What is planned is the very statement that the server runs. */
const world = inAWorld();
const MANY = 20_000;

let place: { ana: Somebody; roomId: string } | undefined;

async function aLongHistory() {
  if (place) return place;
  const ana = await world().person("ana");
  const roomId = await world().room(ana);
  const other = await world().room(ana);
  for (const id of [roomId, other]) {
    await world().pool.query("update room set version = version + $2, last_seq = version + $2 where id = $1", [
      id,
      MANY,
    ]);
    await world().pool.query(
      `insert into message (room_id, author_id, body, sent, seq, version)
       select $1, $2, 'line ' || n, gen_random_uuid(), n + 2, n + 2 from generate_series(1, $3) n`,
      [id, ana.id, MANY],
    );
  }
  await world().pool.query("analyze");
  place = { ana, roomId };
  return place;
}

type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  Plans?: Node[];
};

const all = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(all)];

/** The plan of the statement of this name, with the values that `work` runs it with; generic, as it is after five runs. */
async function planOf(name: string, work: () => Promise<unknown>): Promise<Node[]> {
  const asked = vi.spyOn(world().pool, "query");
  await work();
  const call = asked.mock.calls
    .map(([query]) => query as unknown as { name?: string; text: string; values: unknown[] })
    .find((query) => query.name === name);
  asked.mockRestore();
  if (!call) throw new Error(`${name} was not asked.`);
  return world().onOneConnection(async (client) => {
    await client.query("set plan_cache_mode = force_generic_plan");
    await client.query(`prepare planned as ${call.text}`);
    const literals = call.values.map((value) => {
      if (value === null) return "null";
      return Array.isArray(value) ? `'{${value.join(",")}}'` : `'${String(value)}'`;
    });
    const { rows } = await client.query(`explain (analyze, format json) execute planned (${literals.join(",")})`);
    await client.query("deallocate planned");
    return all(rows[0]["QUERY PLAN"][0].Plan);
  });
}

const onMessages = (plan: Node[]) => plan.filter((node) => node["Relation Name"] === "message");

test("a page of history reads its own rows by (room_id, seq), from the end and from the middle", async () => {
  const { ana, roomId } = await aLongHistory();
  for (const before of [undefined, MANY / 2]) {
    const scans = onMessages(await planOf("page-before", () => pageBefore(ana.id, roomId, { before })));
    expect(scans.map((node) => node["Index Name"])).toEqual(["message_room_seq_key"]);
    expect(scans[0]?.["Actual Rows"]).toBe(51);
  }
});

test("changes after a number are read by (room_id, version), a few rows or a page of them, near or far behind", async () => {
  const { roomId } = await aLongHistory();
  for (const [cursor, rows] of [
    [MANY - 3, 5],
    [0, 200],
  ] as const) {
    const scans = onMessages(
      await planOf("read-changes", () => readChangesAsSystem(world().pool, [{ roomId, cursor }])),
    );
    expect(scans.map((node) => node["Index Name"])).toEqual(["message_room_version_key"]);
    expect(scans[0]?.["Actual Rows"]).toBeLessThanOrEqual(rows);
  }
});

test("my rooms are read without a look at any message", async () => {
  const { ana } = await aLongHistory();
  expect(onMessages(await planOf("rooms-of", () => roomsOf(ana.id)))).toEqual([]);
});

test("and a scan of the whole table would be seen here", async () => {
  await aLongHistory();
  const { rows } = await world().pool.query(
    "explain (analyze, format json) select * from message where body = 'line 7'",
  );
  expect(onMessages(all(rows[0]["QUERY PLAN"][0].Plan)).map((node) => node["Node Type"])).toContain("Seq Scan");
});
