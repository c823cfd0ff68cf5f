/** How well a name answers what was typed, and which of its characters did. */
export type Match = { score: number; hits: readonly number[] };

const START = 8;
const NEIGHBOUR = 5;
const HIT = 1;

/**
 * Finds the typed letters in a name, in their order, with gaps. Letters at the start of a word and side by side weigh more,
 * a long name weighs less. Null when a letter is missing. Case and accents do not count.
 */
export function fuzzy(typed: string, name: string): Match | null {
  const wanted = [...folded(typed)].filter((letter) => letter.trim() !== "");
  if (wanted.length === 0) return { score: 0, hits: [] };
  const letters = folded(name);
  let best: Match | null = null;
  // From every place where the first letter stands: the first one found is not always the one meant.
  for (let from = letters.indexOf(wanted[0] ?? ""); from >= 0; from = letters.indexOf(wanted[0] ?? "", from + 1)) {
    const match = from >= 0 ? matchFrom(wanted, letters, from) : null;
    if (match && (!best || match.score > best.score)) best = match;
  }
  return best;
}

function matchFrom(wanted: readonly string[], letters: string, from: number): Match | null {
  const hits: number[] = [];
  let score = 0;
  let at = from - 1;
  for (const letter of wanted) {
    const next = letters.indexOf(letter, at + 1);
    if (next < 0) return null;
    score += HIT + (isStart(letters, next) ? START : 0) + (next === at + 1 && hits.length > 0 ? NEIGHBOUR : 0);
    hits.push(next);
    at = next;
  }
  return { score: score - letters.length / 100, hits };
}

function isStart(letters: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(letters[at - 1] ?? "");
}

/** Letter by letter, so that places in the folded name are places in the name. */
function folded(text: string): string {
  let out = "";
  for (const unit of text.split("")) {
    const plain = unit.normalize("NFD")[0]?.toLowerCase() ?? unit;
    out += plain.length === 1 ? plain : unit;
  }
  return out;
}
