import { type RefObject, useEffect, useState } from "react";
import { coloursOf } from "./colours.ts";
import type { Token } from "./highlighter.ts";
import type { LanguageId } from "./languages.ts";

const LONGEST_CODE = 20_000;
const KEPT = 200;

/** What has been coloured or is better left plain, so that a row that scrolls back is as it was. */
const coloured = new Map<string, Token[] | null>();

/** The colours of a piece of code, once it is on screen and they have come. Null until then, and when it is better left plain. */
export function useHighlight(on: RefObject<Element | null>, text: string, id: LanguageId | undefined): Token[] | null {
  const key = `${id}\n${text}`;
  const [news, setNews] = useState<string | null>(null);
  const isKnown = id === undefined || coloured.has(key) || text.length > LONGEST_CODE;
  useEffect(() => {
    const element = on.current;
    if (isKnown || !element) return;
    let isGone = false;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      colour(key, text, id).then(() => !isGone && setNews(key));
    });
    observer.observe(element);
    return () => {
      isGone = true;
      observer.disconnect();
    };
  }, [on, key, text, id, isKnown]);
  return news === key || isKnown ? (coloured.get(key) ?? null) : null;
}

async function colour(key: string, text: string, id: LanguageId): Promise<void> {
  const tokens = await coloursOf({ text, id });
  const [oldest] = coloured.keys();
  if (coloured.size >= KEPT && oldest !== undefined) coloured.delete(oldest);
  coloured.set(key, tokens);
}
