import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Inline } from "./ast.ts";
import { parseMarkdown } from "./parse.ts";
import { inlinesIn } from "./walk.ts";

const linksIn = (body: string) =>
  [...inlinesIn(parseMarkdown(body))].filter((inline): inline is Inline & { type: "link" } => inline.type === "link");
const hrefs = (body: string) => linksIn(body).map(({ href }) => href);

describe("addresses in what ben writes", () => {
  test("a web address becomes a link, and the words around it stay", () => {
    const href = "https://earshot.example/a_b_c?b=c#d";
    expect(parseMarkdown(`see ${href} now`)).toEqual([
      {
        type: "paragraph",
        children: [
          { type: "text", text: "see " },
          { type: "link", href, children: [{ type: "text", text: href }] },
          { type: "text", text: " now" },
        ],
      },
    ]);
  });

  test("the full stop belongs to the sentence, the bracket to whoever opened it", () => {
    expect(hrefs("Look (https://a.example/x).")).toEqual(["https://a.example/x"]);
    expect(hrefs("https://a.example/tea_(drink), twice")).toEqual(["https://a.example/tea_(drink)"]);
    expect(hrefs("<https://a.example/> **https://b.example/**")).toEqual(["https://a.example/", "https://b.example/"]);
  });

  test("www needs no scheme, and mail no mailto", () => {
    expect(hrefs("www.a.example/x, WWW.b.example")).toEqual(["https://www.a.example/x", "https://WWW.b.example"]);
    expect(hrefs("mailto:ana@lantern.example ana.reis_2@lantern.example.")).toEqual([
      "mailto:ana@lantern.example",
      "mailto:ana.reis_2@lantern.example",
    ]);
    expect(hrefs("mailto: nobody, ana@lantern, @lantern.example, www., xwww.a.example")).toEqual([]);
    expect(hrefs("_ana@lantern.example_ *www.a.example*")).toEqual([
      "mailto:ana@lantern.example",
      "https://www.a.example",
    ]);
  });

  test("nothing else is ever a link", () => {
    for (const body of [
      "javascript:alert(1)",
      "data:text/html,x",
      "file:///etc/passwd",
      "xhttps://a.example",
      "https://",
      "http:// a",
      "[x](/rooms)",
      "[x](//a.example)",
      "[x](ftp://a.example)",
    ])
      expect(hrefs(body), body).toEqual([]);
  });

  test("a link has words, and in them no other link, mention or room", () => {
    expect(linksIn('[see [1] **here**](https://a.example/z_(d) "title")')).toEqual([
      {
        type: "link",
        href: "https://a.example/z_(d)",
        children: [
          { type: "text", text: "see [1] " },
          { type: "strong", children: [{ type: "text", text: "here" }] },
        ],
      },
    ]);
    expect(linksIn("[@ana #lobby www.b.example [c](http://d)](http://a)")).toEqual([
      { type: "link", href: "http://a", children: [{ type: "text", text: "@ana #lobby www.b.example [c](http://d)" }] },
    ]);
  });

  test("a picture is a link to it, and a link without words shows its address", () => {
    const words = linksIn("![a boat](https://a.example/b.png) ![](https://a.example/c.png) [](https://a.example/d)");
    expect(words.map(({ children }) => children)).toEqual([
      [{ type: "text", text: "a boat" }],
      [{ type: "text", text: "https://a.example/c.png" }],
      [{ type: "text", text: "https://a.example/d" }],
    ]);
  });

  test("an address too long for anybody stays text", () => {
    expect(hrefs(`https://a.example/${"x".repeat(2030)}`)).toHaveLength(1);
    expect(hrefs(`https://a.example/${"x".repeat(2031)}`)).toHaveLength(0);
  });

  test("every link is http, https or mailto, and holds no white space or hidden character", () => {
    const bits = fc.constantFrom(
      ..."https:// http:// mailto: www. a@b.cc ( ) [ ] ]( < > . : // a.example/ javascript: \u202e \u0000 \u00a0 * _".split(
        " ",
      ),
      " ",
      "\n",
      "😀",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string()), { maxLength: 30 }), (parts) => {
        for (const href of hrefs(parts.join(""))) {
          expect(href).toMatch(/^(?:https?:\/\/|mailto:)/);
          expect(href).not.toMatch(/[\s\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
        }
      }),
      { numRuns: 500 },
    );
  });
});
