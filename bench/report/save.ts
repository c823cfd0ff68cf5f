import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chartOf } from "./chart.ts";
import { Result } from "./result.ts";

type Saving = { result: Result; report: string; isQuick: boolean; isPart: boolean; say: (line: string) => void };

const DIRECTORY = join(import.meta.dirname, "../results");

/** The file, the chart and the tables. Only a whole run at full size is `latest`; a part of one is kept nowhere but in its own files. */
export async function save({ result, report, isQuick, isPart, say }: Saving): Promise<void> {
  const name = isPart ? "part" : isQuick ? "quick" : "latest";
  const { machine, commit, date, rows } = Result.parse(result);
  const subtitle = `${machine.cpu}, ${machine.cores} cores, commit ${commit}, ${date.slice(0, 10)}; medians of one run, loopback`;
  await mkdir(DIRECTORY, { recursive: true });
  await writeFile(join(DIRECTORY, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  await writeFile(join(DIRECTORY, `${name}.svg`), chartOf(rows, subtitle));
  await writeFile(join(DIRECTORY, `${name}.md`), `${report}\n`);
  say(`Written to bench/results/${name}.json, .svg and .md.`);
}
