import { describe, expect, test } from "vitest";
import { GRAMMARS } from "./grammars.ts";
import { highlight } from "./highlighter.ts";
import { type LanguageId, languageOf } from "./languages.ts";

describe("code in colour", () => {
  test("is the same characters, whatever the language", async () => {
    const code = `// a\nconst b = \`c \${d} e\`; \n\n\tif (x < 8) return new Y();\n# z\n`;
    for (const id of Object.keys(GRAMMARS)) {
      expect(languageOf(id)?.id).toBe(id);
      const tokens = await highlight(code, id as LanguageId);
      expect(tokens.map(({ text }) => text).join(""), id).toBe(code);
    }
  }, 60_000);

  test("tells words, calls, strings, numbers and comments apart", async () => {
    const code = 'studio.on("silence", async () => 8); // sea';
    const tokens = await highlight(code, "typescript");
    const looks = Object.fromEntries(tokens.flatMap(({ text, look }) => (look ? [[text.trim(), look]] : [])));
    expect(looks).toMatchObject({ on: "c", '"silence"': "s", async: "w", 8: "n", "// sea": "q" });
  });

  test("a word that is no language leaves code plain", () => {
    for (const word of ["constructor", "__proto__", "toString", "", "nonsense", null])
      expect(languageOf(word)).toBeUndefined();
  });
});
