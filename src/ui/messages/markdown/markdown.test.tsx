import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { mentionsIn } from "#shared/markdown/mentions.ts";
import { Markdown } from "./markdown.tsx";
import { MarkdownNames, type Names } from "./names.ts";

const PEOPLE: Record<string, string> = { ana: "Ana Reis", ben: "Ben Okafor", "cleo.m": "Cleo Martin" };
const names: Names = {
  personByUsername: (username) => (PEOPLE[username] ? { id: username, name: PEOPLE[username] } : null),
  roomBySlug: (slug) => (slug === "lobby" ? { id: "7", title: "Lobby" } : null),
  viewerUsername: "ana",
};
const html = (body: string, known: Names = names) =>
  renderToStaticMarkup(
    <MarkdownNames value={known}>
      <Markdown body={body} />
    </MarkdownNames>,
  );

/** Everything that may ever be in a message. React writes attributes in double quotes and escapes those in values. */
const ELEMENTS: Record<string, string[]> = {
  ...Object.fromEntries(
    "strong em del code blockquote ul hr table thead tbody tr br pre path rect".split(" ").map((tag) => [tag, []]),
  ),
  a: ["href", "title", "target", "rel", "class"],
  p: ["class"],
  span: ["class", "role"],
  div: ["class"],
  small: [],
  li: ["class"],
  ol: ["start", "style"],
  th: ["class"],
  td: ["class"],
  input: ["type", "disabled", "checked", "aria-label"],
  figure: ["class", "aria-label", "tabindex"],
  button: ["type", "class", "aria-label", "title"],
};
/** The icon of the copy button is ours: it is taken away before anything is looked at. */
const ICON = /<svg [^>]*class="lucide lucide-copy[^>]*>.*?<\/svg>/g;

function violations(markup: string): string[] {
  const found: string[] = [];
  for (const [tag, name = "", attributes = ""] of markup.replace(ICON, "").matchAll(/<\/?([^\s/>]*)([^>]*)>/g)) {
    const allowed = ELEMENTS[name];
    if (!allowed) found.push(tag);
    for (const [, attribute = "", value = ""] of attributes.matchAll(/([^\s=/]+)(?:="([^"]*)")?/g)) {
      if (!allowed?.includes(attribute)) found.push(`${attribute} in ${tag}`);
      if (attribute === "href" && !/^(?:https?:\/\/|mailto:|\/rooms\/7$)/.test(value)) found.push(`${value} in ${tag}`);
      if (attribute === "style" && !/^--digits:\d+$/.test(value)) found.push(tag);
    }
  }
  return found;
}

const SCHEMES = [
  ..."javascript:alert(1) JaVaScRiPt:alert(1) vbscript:msgbox(1) data:text/html,<script>alert(1)</script> file:///etc/passwd".split(
    " ",
  ),
  ..."data:text/html;base64,PHNjcmlwdD4= blob:https://a.example/x about:blank //evil.example /rooms /rooms/7 #x ?x ws://a".split(
    " ",
  ),
  ..."java&#115;cript:alert(1) &#x6A;avascript:alert(1) javascript&colon;alert(1) javascript&#58;alert(1) %6aavascript:alert(1)".split(
    " ",
  ),
  ...[
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "\u0001javascript:alert(1)",
    "javascript\u0000:alert(1)",
    " javascript:alert(1)",
  ],
  ...[
    "\u202ejavascript:alert(1)",
    "java\u200bscript:alert(1)",
    "\ufeffjavascript:alert(1)",
    "jav\\ascript:alert(1)",
    "javascript\\:alert(1)",
  ],
  ...[
    "http:javascript:alert(1)",
    "https:/\\evil",
    'http://" onclick="alert(1)',
    "https://a.example/\u202egnp.exe",
    "mailto:a@b?\r\nBcc:c@d",
  ],
  ...[
    "https://a.example/'onmouseover='alert(1)",
    'https://a.example/"><img src=x onerror=alert(1)>',
    "https://<script>",
    "mailto:<script>@b",
  ],
];
const HTML = [
  ..."<script>alert(1)</script> <img/src=x/onerror=alert(1)> <svg/onload=alert(1)> <iframe/src=javascript:alert(1)>".split(
    " ",
  ),
  '<a href="javascript:alert(1)" onclick="alert(1)">x</a>',
  '<svg><animate attributeName="href" values="javascript:alert(1)"/><a><text>x</text></a></svg>',
  "<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>",
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>">',
  '<details open ontoggle="alert(1)">\n\n**x**\n\n</details>',
  "<div\nonmouseover=alert(1)\n>\n\n*x*\n</div>",
  "<!--><img src=x onerror=alert(1)>-->",
  "<![CDATA[<img src=x onerror=alert(1)>]]>",
  '<style>@import "javascript:alert(1)";</style><link rel=stylesheet href=//evil>',
  "<base href=//evil><form action=javascript:alert(1)><button>x</button></form>",
  '<plaintext><xmp><noscript><p title="</noscript><img src=x onerror=alert(1)>">',
];
const TRICKS = [
  "[a](https://a.example [b](javascript:alert(1)))",
  "[![x](javascript:alert(1))](https://a.example)",
  "[[a](javascript:alert(1))](https://a.example)",
  '![x"onerror="alert(1)](https://a.example/x"onerror="alert(1).png)',
  '[x](https://a.example "title" onclick="alert(1)")',
  "[x]: javascript:alert(1)\n\n[x]",
  "[x][y]\n\n[y]: javascript:alert(1)",
  "<javascript:alert(1)> <https://a.example/<script>>",
  '```<script>\nalert(1)</script>\n```\n~~~"onclick=alert(1)\nx\n~~~',
  "```constructor\nx\n```\n```__proto__\ny\n```",
  '| <b onclick=x> | b |\n|:-"onclick=x-:|---|\n| [x](javascript:alert(1)) | <img src=x> |',
  '1"><script>. x\n- [x"onclick=alert(1)] y',
  '@ana"onclick=alert(1) @<script> #lobby/../../x #lobby"onclick=alert(1)',
  "`<img src=x onerror=alert(1)>`",
  'www.a.example"onmouseover="alert(1) ana@a.example"onclick="x',
];
const CORPUS = [
  ...SCHEMES.flatMap((scheme) => [scheme, `[x](${scheme})`, `[x](<${scheme}>)`, `![x](${scheme})`, `<${scheme}>`]),
  ...SCHEMES.map((scheme) => `> - [*x*](${scheme} "title")\n\n[${scheme}](https://a.example)`),
  ...HTML,
  ...HTML.flatMap((code) => [
    `**${code}**`,
    `[${code}](https://a.example)`,
    `> ${code}`,
    `- ${code}`,
    `# ${code}`,
    `| a |\n|---|\n| ${code} |`,
  ]),
  ...TRICKS,
];

describe("nothing that robin sends is ever more than words", () => {
  test.each(CORPUS)("%j", (body) => {
    expect(violations(html(body))).toEqual([]);
  });

  test("the watch sees what it is for", () => {
    for (const markup of [
      "<script>",
      '<a onclick="x">',
      '<a href="javascript:x">',
      '<a href="/rooms/8">',
      '<img src="x">',
      '<p style="x">',
    ])
      expect(violations(markup)).not.toEqual([]);
  });

  test("whatever the pieces, in whatever order", () => {
    const bits = fc.constantFrom(
      ...CORPUS,
      ..."[x]( ) ](javascript: <a ![ `` ``` > * _ | \n \n\n - 1. @ana #lobby \" ' \\ & \u202e".split(" "),
      "\n",
      " ",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string({ unit: "grapheme" })), { maxLength: 12 }), (parts) => {
        expect(violations(html(parts.join("")))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test("raw HTML stays visible, letter for letter", () => {
    expect(html("<b>bold</b> &lt; <img src=x>")).toBe("<p>&lt;b&gt;bold&lt;/b&gt; &amp;lt; &lt;img src=x&gt;</p>");
  });

  test("links open elsewhere and give nothing away, and one with other words says where it leads", () => {
    expect(html("[the plan](https://a.example/plan)")).toBe(
      '<p><a href="https://a.example/plan" title="https://a.example/plan" target="_blank" rel="noopener noreferrer nofollow ugc">the plan</a></p>',
    );
    expect(html("[https://bank.example](https://evil.example)")).toContain('title="https://evil.example"');
    expect(html("https://a.example/plan")).not.toContain("title");
  });
});

describe("names in messages", () => {
  test("a name is read as the person's, and yours is marked", () => {
    expect(html("@Ben and @ana")).toBe(
      '<p><span class="who">@Ben Okafor</span> and <span class="who me">@Ana Reis</span></p>',
    );
    expect(html("@room")).toBe('<p><span class="who me">@room</span></p>');
  });

  test("a name that nobody bears, and a room that dana may not know, stay what was typed", () => {
    expect(html("@Nobody in #secret")).toBe("<p>@Nobody in #secret</p>");
    expect(renderToStaticMarkup(<Markdown body="@ana in #lobby" />)).toBe("<p>@ana in #lobby</p>");
  });

  test("a room that ben knows is a way to it, and a person somebody can ask about is a button", () => {
    expect(html("#Lobby")).toBe('<p><a class="who" href="/rooms/7">#Lobby</a></p>');
    expect(html("@ben", { ...names, onPerson: () => undefined })).toBe(
      '<p><button type="button" class="who">@Ben Okafor</button></p>',
    );
  });

  test("whoever is called is seen to be called, and nobody else", () => {
    const everyone: Names = { ...names, personByUsername: (username) => ({ id: username, name: `<${username}>` }) };
    const bits = fc.constantFrom(
      ..."@ana @Ben. @cleo.m @room ` ``` [ ](https://a.example) * _ ** ~~ > - # | \\ ( ) x @ a@b.cc https://a/@ana".split(
        " ",
      ),
      "\n",
      " ",
      "\n\n",
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 30 }), (parts) => {
        const body = parts.join("");
        const seen = [...html(body, everyone).matchAll(/class="who(?: me)?">@(?:&lt;(.*?)&gt;|room<)/gi)];
        const { names: called, room } = mentionsIn(body);
        expect(new Set(seen.flatMap(([, name]) => (name ? [name] : [])))).toEqual(new Set(called));
        expect(seen.some(([, name]) => !name)).toBe(room);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("how a message is drawn", () => {
  test.each([
    ["😀", true],
    ["👩‍👩‍👧‍👦 🇵🇹 1️⃣", true],
    [" 😀😀😀\n", true],
    ["😀😀😀😀", false],
    ["😀 yes", false],
    ["12", false],
    [":)", false],
  ])("%j is large: %s", (body, isLarge) => {
    expect(html(body).includes("only-emoji")).toBe(isLarge);
  });

  test("a task says whether it is done", () => {
    expect(html("- [x] rolls\n- [ ] tea")).toBe(
      '<ul><li class="task"><input type="checkbox" disabled="" aria-label="Done" checked=""/><p>rolls</p></li>' +
        '<li class="task"><input type="checkbox" disabled="" aria-label="To do"/><p>tea</p></li></ul>',
    );
  });

  test("what stands behind a message stands behind its last word, or below what is no paragraph", () => {
    const after = <small>edited</small>;
    expect(renderToStaticMarkup(<Markdown body={"a\n\nb"} after={after} />)).toBe(
      "<p>a</p><p><span>b</span><small>edited</small></p>",
    );
    expect(renderToStaticMarkup(<Markdown body="> a" after={after} />)).toMatch(
      /<\/blockquote><small>edited<\/small>$/,
    );
  });

  test("code names its language, and keeps every space", () => {
    const markup = html("```ts\nif (a < b) {\n  c();\n}\n```");
    expect(markup).toContain("<pre><code>if (a &lt; b) {\n  c();\n}</code></pre>");
    expect(markup).toContain("<small>TypeScript</small>");
  });
});
