import { describe, expect, test } from "vitest";
import { parseMarkdown } from "./parse.ts";

const growing = (part: (n: number) => string) => (size: number) => {
  let text = "";
  for (let n = 1; text.length < size; n++) text += part(n);
  return text.slice(0, size);
};
const repeated = (part: string) => (size: number) => part.repeat(Math.ceil(size / part.length)).slice(0, size);

const SEEDS = [
  ..."* ** _ __ ~~ [ ] ![ > ` ( | - # @ < & \\ \n : :// w 😀 -. *a *a* **a _a a_ a* x*_ ~~a ***a *_ [a]( []( [[]]( [a](<".split(
    " ",
  ),
  ...[
    "> ",
    "- ",
    "1. ",
    "- a\n",
    "1. a\n",
    "> a\n",
    ">\n",
    "# a\n",
    "- [ ] a\n",
    "> - ",
    "- > ",
    "* * *\n",
    "a  \n",
    "\t",
  ],
  ...[
    '[a](b "',
    "[a](b '",
    "[`",
    "[a](`",
    "``` a\n",
    "~~~\n",
    "a``b`",
    "[a]: b\n",
    "[a][",
    "[^a]: ",
    "a\n=\n",
    "a\n-\n",
  ],
  ...["| a | b |\n", "|-", "|-|\n", "| a |\n|---|\n", "<!--", "<a ", "<http://a", "&#x;", "\u0000", "\u202e", "\r"],
  ...[
    "http://",
    "http://a ",
    "http://a((",
    "http://a/(",
    "www.",
    "www.a(",
    "mailto:",
    "mailto:a@",
    "a@",
    "a@b.",
    "a.a@a.",
    "a_b@c.",
  ],
  ...[
    "@a ",
    "@ab ",
    "@ab_ ",
    "#ab ",
    "a@b.cc ",
    ":a",
    ":a:",
    ":_-",
    "@ana_",
    "_@ana_ ",
    "@@",
    "#a",
    "#a#",
    "*[>`_(|- ",
    "*_[`>\n",
    "> - [*_`(|\n",
    "**[_a](b)_** ",
    "[[a](http://b)](c)",
  ],
];
const CORPUS: [string, (size: number) => string][] = [
  ...SEEDS.map((seed): [string, (size: number) => string] => [JSON.stringify(seed), repeated(seed)]),
  ["ticks in growing runs", growing((n) => `${"`".repeat(n)}a `)],
  ["quotes in growing depth", growing((n) => `${">".repeat(n)}a\n`)],
  ["lists in growing depth", growing((n) => `${" ".repeat(2 * n)}- a\n`)],
  [
    "a wide table of empty rows",
    (size) => `${repeated("|a")(size / 4)}|\n${repeated("|-")(size / 4)}|\n${repeated("|\n")(size / 2)}`,
  ],
  ["brackets that open, then close", (size) => repeated("[")(size / 2) + repeated("]")(size / 2)],
  ["brackets of an address", (size) => `https://a.example/${repeated("(")(size / 2)}${repeated(")")(size / 2)}`],
  ["emphasis that opens, then closes", (size) => repeated("*a ")(size / 2) + repeated("b* ")(size / 2)],
];

/** The processor's time, not the clock's, and the best of several: what is measured is the work, not what else the machine is doing. */
function msOf(text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5; run++) {
    const before = process.cpuUsage();
    parseMarkdown(text);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

/** The best of a few measurements: noise makes one worse, never all of them, and what is quadratic is so every time. */
function best(measure: () => number, goal: number): number {
  let least = measure();
  for (let attempt = 1; attempt < 8 && least >= goal; attempt++) least = Math.min(least, measure());
  return least;
}

/** How much longer twice as much takes. A millisecond on both sides, or the ratio of two nothings would be asked for. */
const growth = (textOf: (size: number) => string) => (msOf(textOf(100_000)) + 1) / (msOf(textOf(50_000)) + 1);

/** The longest text of its kind that is still read whole: the worst that the parser itself is ever given. */
function atTheEdge(textOf: (size: number) => string): string {
  const isWhole = (text: string) => text.length * (text.match(/[\n!#()*+.:<>@[\]\\_`|~-]/g)?.length ?? 0) <= 16_000_000;
  let size = 4_000;
  while (size < 100_000 && isWhole(textOf(size * 1.1))) size *= 1.1;
  return textOf(Math.floor(size));
}

describe("what somebody sends to stop everybody's screen", () => {
  test.each(CORPUS)(
    "100 kB of %s take less than 50 ms, and twice as much no more than thrice as long",
    (_name, textOf) => {
      expect(best(() => msOf(textOf(100_000)), 50)).toBeLessThan(50);
      expect(best(() => growth(textOf), 3)).toBeLessThan(3);
    },
  );

  test.each(CORPUS)("the longest message of %s that is read whole takes less than 50 ms", (_name, textOf) => {
    const text = atTheEdge(textOf);
    expect(best(() => msOf(text), 50)).toBeLessThan(50);
  });

  test("a message of 4000 characters is read whole, whatever they are", () => {
    const marks = "*[]()`_~|<>#!:.@\\+-".repeat(300).slice(0, 3994);
    expect(parseMarkdown(`# a\n\n${marks}`)[0]).toMatchObject({ type: "heading" });
    expect(parseMarkdown(`# a\n\n${"*".repeat(4000)}`)[0]).toMatchObject({ type: "paragraph" });
  });

  test("a long message with few marks is read whole as well", () => {
    const blocks = parseMarkdown(`**Dear all**\n\n${"The harbour talks and we listen to it. ".repeat(250)}`);
    expect(blocks[0]).toMatchObject({ children: [{ type: "strong" }] });
  });
});
