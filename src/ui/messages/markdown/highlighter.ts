import { createHighlighterCore, type HighlighterCore, type ThemeRegistration } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import { GRAMMARS } from "./grammars.ts";
import type { LanguageId } from "./languages.ts";

/** A stretch of code and the class that colours it; line breaks are text. */
export type Token = { text: string; look: string | null };

const LOOKS: Record<string, string> = {
  "var(--code-word)": "w",
  "var(--code-call)": "c",
  "var(--code-string)": "s",
  "var(--code-number)": "n",
  "var(--code-comment)": "q",
};

const colour = (foreground: string, scope: string[]) => ({ scope, settings: { foreground } });
const PLAIN = "var(--text)";
/** Five colours. Names and operators keep the colour of text. */
const theme: ThemeRegistration = {
  name: "earshot",
  fg: PLAIN,
  bg: "var(--sunken)",
  settings: [
    { settings: { foreground: PLAIN, background: "var(--sunken)" } },
    colour("var(--code-comment)", ["comment", "punctuation.definition.comment", "meta.diff.header"]),
    colour("var(--code-string)", ["string", "constant.character.escape", "markup.inline.raw", "markup.inserted"]),
    colour("var(--code-number)", ["constant.numeric", "constant.language", "keyword.other.unit", "markup.deleted"]),
    colour("var(--code-word)", ["keyword", "storage", "variable.language", "support.type.primitive", "markup.heading"]),
    colour("var(--code-word)", ["entity.name.tag", "support.type.builtin"]),
    colour("var(--code-call)", ["entity.name.function", "support.function", "entity.name.type", "entity.name.class"]),
    colour("var(--code-call)", ["entity.other.attribute-name", "support.type.property-name", "markup.underline.link"]),
    colour(PLAIN, ["keyword.operator", "meta.template.expression", "storage.type.function.arrow"]),
    colour("var(--code-word)", [
      "keyword.operator.new",
      "keyword.operator.expression",
      "keyword.operator.logical.python",
    ]),
  ],
};

let loading: Promise<HighlighterCore> | undefined;

/** Without a limit of time: one that strikes leaves the rest of the code in wrong colours. Whoever calls ends it (colours.ts). */
export async function highlight(text: string, id: LanguageId): Promise<Token[]> {
  loading ??= createHighlighterCore({
    themes: [theme],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  const [highlighter, grammar] = await Promise.all([loading, GRAMMARS[id]()]);
  await highlighter.loadLanguage(...grammar.default);
  const { tokens } = highlighter.codeToTokens(text, { lang: id, theme: "earshot", tokenizeTimeLimit: 0 });
  return tokens.flatMap((line, index) => {
    const words = line.map(({ content, color = "" }) => ({ text: content, look: LOOKS[color] ?? null }));
    return index === 0 ? words : [{ text: "\n", look: null }, ...words];
  });
}
