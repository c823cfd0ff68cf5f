import { highlight, type Token } from "./highlighter.ts";
import type { LanguageId } from "./languages.ts";

export type Job = { text: string; id: LanguageId };
export type Coloured = { tokens: Token[] | null };

/** One job at a time: the next one comes after the answer. */
self.addEventListener("message", async ({ data: { text, id } }: MessageEvent<Job>) => {
  const tokens = await highlight(text, id).catch(() => null);
  self.postMessage({ tokens } satisfies Coloured);
});
