import { expect, test, vi } from "vitest";
import { ROOMS_NAMED_MAX } from "#shared/limits.ts";
import { ChannelNames } from "./channel-names.ts";

const ALL = ["mast", "deck"].map((slug) => ({ id: `id of ${slug}`, slug }));

function names(answer = async (slugs: string[]) => ALL.filter(({ slug }) => slugs.includes(slug))) {
  const ask = vi.fn(answer);
  const told = vi.fn();
  let now = 0;
  const channels = new ChannelNames(ask, () => now);
  channels.subscribe(told);
  return { ask, told, channels, later: (ms: number) => (now += ms) };
}

/** Whatever was asked is answered. */
const settled = async () => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

test("what a page names is asked for together, each once, and told once", async () => {
  const { ask, told, channels } = names();
  for (const slug of ["mast", "2024", "a".repeat(81), "deck", "mast"]) channels.want(slug);
  await settled();
  expect(ask.mock.calls).toEqual([[["mast", "2024", "deck"]]]);
  expect([...channels.getFound().values()]).toEqual(ALL);
  expect(told).toHaveBeenCalledTimes(1);
  for (const slug of ["mast", "2024"]) channels.want(slug);
  await settled();
  expect(ask).toHaveBeenCalledTimes(1);
});

test("what was no channel may be one a minute later; what was one is not asked about again", async () => {
  const { ask, told, channels, later } = names();
  for (const slug of ["mast", "none"]) channels.want(slug);
  await settled();
  later(60_000);
  for (const slug of ["mast", "none"]) channels.want(slug);
  await settled();
  expect(ask.mock.calls.at(-1)).toEqual([["none"]]);
  expect(told, "nothing new").toHaveBeenCalledTimes(1);
});

test("more than a call may name is several calls", async () => {
  const { ask, channels } = names();
  for (let n = 0; n <= ROOMS_NAMED_MAX; n++) channels.want(`name-${n}`);
  await settled();
  expect(ask.mock.calls.map(([slugs]) => slugs.length)).toEqual([ROOMS_NAMED_MAX, 1]);
});

test("a question that was not answered is asked again when the name is next drawn", async () => {
  const { ask, channels } = names(vi.fn().mockRejectedValueOnce(new Error("offline")).mockResolvedValue(ALL));
  channels.want("mast");
  await settled();
  expect(channels.getFound().size).toBe(0);
  channels.want("mast");
  await settled();
  expect(ask).toHaveBeenCalledTimes(2);
  expect(channels.getFound().has("mast")).toBe(true);
});
