import { parseArgs } from "node:util";
import { runChaos } from "./chaos.ts";
import { convergence, failure, percentiles, summary } from "./report.ts";

const USAGE = `npm run chaos -- --seed 7 --minutes 2     one run
npm run chaos -- --seeds 1..50            short runs one after another, and a table of them`;

/** A run of one seed, or of many: exits with 1 when one of them was red. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string" },
      seeds: { type: "string" },
      minutes: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return void console.log(USAGE);
  const [first, last] = (values.seeds ?? `${values.seed ?? 1}..${values.seed ?? 1}`).split("..").map(Number);
  if (first === undefined || last === undefined || !(first <= last)) throw new Error(USAGE);
  const lengthMs = Number(values.minutes ?? 0.5) * 60_000;
  const lines: string[] = [];
  const tookMs: number[] = [];
  let red = 0;
  for (let seed = first; seed <= last; seed++) {
    const outcome = await runChaos({ seed, lengthMs });
    lines.push(summary(outcome));
    console.log(lines.at(-1));
    tookMs.push(...convergence(outcome.evidence));
    if (outcome.violations.length === 0) continue;
    red++;
    console.log(failure(outcome));
  }
  if (lines.length > 1)
    console.log(["", ...lines, `${lines.length - red} of ${lines.length} green, ${percentiles(tookMs)}`].join("\n"));
  process.exit(red > 0 ? 1 : 0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
