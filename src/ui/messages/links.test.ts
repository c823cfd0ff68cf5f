import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textRuns } from "./links.ts";

const links = (text: string) => textRuns(text).flatMap((run) => (run.href ? [run.text] : []));

describe("addresses in what ben writes", () => {
  test("a web address becomes a link, and the words around it stay", () => {
    expect(textRuns("see https://earshot.example/a?b=c#d now")).toEqual([
      { text: "see " },
      { text: "https://earshot.example/a?b=c#d", href: "https://earshot.example/a?b=c#d" },
      { text: " now" },
    ]);
  });

  test("the full stop belongs to the sentence, the bracket to whoever opened it", () => {
    expect(links("Look (https://a.example/x).")).toEqual(["https://a.example/x"]);
    expect(links("https://a.example/tea_(drink), twice")).toEqual(["https://a.example/tea_(drink)"]);
    expect(links("<https://a.example/>")).toEqual(["https://a.example/"]);
  });

  test("mail addresses are links when they are addresses", () => {
    expect(links("mailto:ana@lantern.example")).toEqual(["mailto:ana@lantern.example"]);
    expect(links("mailto: nobody")).toEqual([]);
  });

  test("nothing else is ever a link", () => {
    for (const text of [
      "javascript:alert(1)",
      "data:text/html,x",
      "file:///etc/passwd",
      "xhttps://a.example",
      "https://",
      "http:// a",
      "JaVaScRiPt:1",
      "vbscript:x",
    ])
      expect(links(text)).toEqual([]);
  });

  test("capital letters in a scheme do not matter", () => {
    expect(links("HTTPS://A.example/X")).toEqual(["HTTPS://A.example/X"]);
  });

  test("no character is lost, and every link is http, https or mailto", () => {
    const bits = fc.constantFrom(
      "https://",
      "http://",
      "mailto:",
      "a@b.c",
      "(",
      ")",
      ".",
      " ",
      "\n",
      "a.example/",
      ":",
      "//",
      "é",
      "😀",
      "javascript:",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string()), { maxLength: 30 }), (parts) => {
        const text = parts.join("");
        const runs = textRuns(text);
        expect(runs.map((run) => run.text).join("")).toBe(text);
        for (const { href } of runs) if (href) expect(href).toMatch(/^(https?:\/\/|mailto:)/);
      }),
    );
  });

  test.each([
    ["colons", ":".repeat(100_000)],
    ["schemes", "https://".repeat(12_500)],
    ["half schemes", "http:".repeat(20_000)],
    ["mail", "mailto:".repeat(14_000)],
    ["brackets", `https://a.example/${"(".repeat(50_000)}${")".repeat(50_000)}`],
    ["full stops", `https://a.example/${".".repeat(100_000)}`],
    ["one long word", "a".repeat(100_000)],
    ["short addresses", "http://a ".repeat(11_000)],
  ])("100 kB of %s take less than 50 ms", (_name, text) => {
    // The best of five: what is measured is the work, not what else the machine is doing.
    const times = [1, 2, 3, 4, 5].map(() => {
      const startedAt = performance.now();
      textRuns(text);
      return performance.now() - startedAt;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });
});
