import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Block, Inline } from "./ast.ts";
import { parseMarkdown } from "./parse.ts";

/** The tree in a line: brackets around blocks, marks around words. */
const NAMES = { strong: "b", emphasis: "i", strike: "s" } as const;
function inline(node: Inline): string {
  if (node.type === "text") return node.text;
  if (node.type === "code") return `\`${node.text}\``;
  if (node.type === "link") return `<${node.href}>${words(node.children)}</>`;
  if ("children" in node) return `${NAMES[node.type]}(${words(node.children)})`;
  return `${node.type}(${node.text})`;
}
const words = (nodes: Inline[]) => nodes.map(inline).join("");
const row = (cells: Inline[][]) => cells.map(words).join("|");
function block(node: Block): string {
  if (node.type === "paragraph") return words(node.children);
  if (node.type === "heading") return `h${node.level}[${words(node.children)}]`;
  if (node.type === "code") return `code:${node.language ?? ""}[${node.text}]`;
  if (node.type === "quote") return `quote[${blocks(node.children)}]`;
  if (node.type === "rule") return "rule";
  if (node.type === "table")
    return `table:${node.align.map(String)}[${[node.head, ...node.rows].map(row).join(" / ")}]`;
  const items = node.items.map(
    ({ isDone, children }) => `${isDone === null ? "" : isDone ? "x " : "o "}${blocks(children)}`,
  );
  return `${node.start ?? "list"}[${items.join(" + ")}]`;
}
const blocks = (nodes: Block[]): string => nodes.map(block).join(" ¶ ");
const read = (body: string) => blocks(parseMarkdown(body));

describe("what ana types, and what is read", () => {
  test.each([
    ["one\ntwo", "one\ntwo"],
    ["one\r\ntwo\rthree", "one\ntwo\nthree"],
    ["one\n\ntwo", "one ¶ two"],
    ["  two spaces\n    four", "  two spaces\n    four"],
    ["    no code, four spaces", "    no code, four spaces"],
    ["**b** __b__ *i* _i_ ~~s~~ ***bi***", "b(b) b(b) i(i) i(i) s(s) i(b(bi))"],
    ["a **b _c ~~d~~ e_ f**", "a b(b i(c s(d) e) f)"],
    ["snake_case_name 2*3*4 ~tilde~ a * b", "snake_case_name 2i(3)4 ~tilde~ a * b"],
    ["**open *shut", "**open *shut"],
    ["\\*not\\* \\_this\\_ \\`or\\`", "*not* _this_ `or`"],
    ["`a *b*` ``c ` d`` `", "`a *b*` `c ` d` `"],
    ["`one\ntwo`", "`one two`"],
    [":tada: and :+1:, (:Wave:)", "emoji(:tada:) and emoji(:+1:), (emoji(:Wave:))"],
    [":tada::tada: **:heart_eyes_cat:**", "emoji(:tada:)emoji(:tada:) b(emoji(:heart_eyes_cat:))"],
    [
      "10:30:45 a::b::c std::vector::x :---: : : `:tada:` :tada:x",
      "10:30:45 a::b::c std::vector::x :---: : : `:tada:` :tada:x",
    ],
    ["# One\n### Three ###\n#none", "h1[One] ¶ h3[Three] ¶ room(#none)"],
    ["text\n---\nmore", "text ¶ rule ¶ more"],
    ["text\n===", "text\n==="],
    ["```ts\nconst a = 1;\n\n  b();\n```", "code:ts[const a = 1;\n\n  b();]"],
    ["~~~\n```\n~~~", "code:[```]"],
    ["```\nnever closed", "code:[never closed]"],
    ["```Type<x>\ny\n```", "code:[y]"],
    ["> a\n> b\nanswer", "quote[a\nb] ¶ answer"],
    [">no space\n>   two more", "quote[no space\n  two more]"],
    ["> a *b\n> c*\n>\n> d", "quote[a i(b\nc) ¶ d]"],
    ["> > deep\n> less", "quote[quote[deep] ¶ less]"],
    ["> ```\n> x\n>   y\n> ```", "quote[code:[x\n  y]]"],
    ["- a\n- b\n  - c\n- d\nafter", "list[a + b ¶ list[c] + d] ¶ after"],
    ["* a\n+ b", "list[a] ¶ list[b]"],
    ["3. c\n4. d\n   e", "3[c + d\ne]"],
    ["1) a\n2) b", "1[a + b]"],
    ["- a\n\n  b\n- c", "list[a ¶ b + c]"],
    ["- [ ] to do\n- [x] **done**\n- neither\n  - [X] deep", "list[o to do + x b(done) + neither ¶ list[x deep]]"],
    ["- > q\n  > r", "list[quote[q\nr]]"],
    ["- ```\n  x\n    y\n  ```", "list[code:[x\n  y]]"],
    ["| a | b |\n|:--|--:|\n| 1 | *2* |", "table:left,right[a|b / 1|i(2)]"],
    ["a|b|c\n-|:-:|-\n1||3\n|x", "table:null,center,null[a|b|c / 1||3 / x]"],
    ["| a |\n|---|\n| `x\\|y` z\\|w | over |", "table:null[a / `x|y` z|w]"],
    ["a | b\nc", "a | b\nc"],
    ["<div>\n<b onclick=x>y</b>\n\n&lt;b&gt; &amp;", "<div>\n<b onclick=x>y</b> ¶ &lt;b&gt; &amp;"],
    ["<!-- a -->\n<script>b</script>", "<!-- a -->\n<script>b</script>"],
    ["[x] [x][y]\n[x]: http://a", "[x] [x][y]\n[x]: <http://a>http://a</>"],
    ["*a [b* c](http://a)", "*a <http://a>b* c</>"],
    ["[a](<http://a b>) [a`]`](http://a)", "[a](<http://a b>) <http://a>a`]`</>"],
  ])("%j", (body, expected) => {
    expect(read(body)).toBe(expected);
  });

  test.each(["-", "1.", "#", ">", "```", "- \n-", "```\n\n```", "##", "[]", "![]()", "\\"])(
    "a lonely %j stays what it is",
    (body) => {
      expect(read(body).replace(/\s/g, "")).toBe(body.replace(/\s/g, ""));
    },
  );

  test("a nest of quotes, lists or emphasis ends somewhere, and its words stay", () => {
    const depthOf = (text: string) => (text.match(/quote\[|list\[|[bi]\(/g) ?? []).length;
    for (const mark of ["> ", "- ", "> - "]) {
      const tree = read(`${mark.repeat(500)}bottom`);
      expect(tree).toContain("bottom");
      expect(depthOf(tree)).toBeLessThanOrEqual(10);
    }
    const emphasis = read(`${"*a **b ".repeat(50)}bottom${"** *".repeat(50)}`);
    expect(emphasis).toContain("bottom");
    expect(depthOf(emphasis)).toBeLessThanOrEqual(10);
  });

  test("no letter is lost, whatever is typed", () => {
    const marks = fc.constantFrom(
      ..."* ** _ ~~ ` ``` > # - 1. | [ ]( ) < & \\ @ana #lobby - [ ]".split(" "),
      "\n",
      "\n\n",
      "  ",
      "\t",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(marks, fc.stringMatching(/^[a-z]{3}$/)), { maxLength: 40 }), (parts) => {
        const body = parts.join(" ");
        // The language of a fence and the target of a link are not words.
        fc.pre(!/```|\]\(|~~~|\|/.test(body));
        const letters = (text: string) => text.match(/[a-z]{3}/g) ?? [];
        const flat = read(body).replace(/\b(?:quote|list|rule|code|mention|room|everyone|table)(?=[[(: ]|$)/g, "");
        expect(letters(flat)).toEqual(letters(body));
      }),
      { numRuns: 1000 },
    );
  });
});
