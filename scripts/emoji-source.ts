import { createRequire } from "node:module";

/** The newest that the oldest Node we run on takes for an emoji: the server must not refuse what the picker offers. */
const NEWEST = 15.1;
/** Hair and skin by themselves. */
const COMPONENTS = 2;

type Skin = { emoji: string; tone: number | number[]; version: number };
type Source = Skin & {
  label: string;
  hexcode: string;
  group?: number;
  subgroup: number;
  order: number;
  tags?: string[];
  skins?: Skin[];
};
type Codes = Record<string, string | string[]>;

const require = createRequire(import.meta.url);
const read = (path: string): unknown => require(`emojibase-data/en/${path}.json`);

/** emojibase's data without what nobody reads, a third of its size, with the shortcodes that people know in it. */
export function emojiData(): string {
  const codes = shortcodes();
  const entries = (read("data") as Source[])
    .filter(({ group, version }) => group !== undefined && group !== COMPONENTS && version <= NEWEST)
    .sort((one, other) => one.order - other.order)
    .map((source) => entryOf(source, codes.get(source.hexcode) ?? []));
  return `${JSON.stringify(entries)}\n`;
}

/** The names of groups and skin tones. */
export function emojiMessages(): string {
  return `${JSON.stringify(read("messages"))}\n`;
}

/** By emoji. Slack's and GitHub's sets give a few names to different emoji (`umbrella`): the first one has it. */
function shortcodes(): Map<string, string[]> {
  const owners = new Map<string, string>();
  const known = new Map<string, string[]>();
  for (const set of ["iamcal", "github", "emojibase"]) {
    for (const [hexcode, names] of Object.entries(read(`shortcodes/${set}`) as Codes)) {
      // emojibase's own names only stand in where nobody else has one.
      if (set === "emojibase" && known.has(hexcode)) continue;
      const free = [names].flat().filter((name) => !owners.has(name));
      for (const name of free) owners.set(name, hexcode);
      known.set(hexcode, [...(known.get(hexcode) ?? []), ...free]);
    }
  }
  return known;
}

function entryOf({ emoji, label, group, subgroup, order, version, tags = [], skins = [] }: Source, codes: string[]) {
  const tones = skins.filter(({ tone }) => typeof tone === "number");
  return {
    emoji: spelled(emoji),
    label,
    group,
    subgroup,
    order,
    version,
    tags: [...new Set([...tags, ...codes])],
    shortcodes: codes,
    ...(tones.length > 0 ? { skins: tones.map(({ emoji, tone }) => ({ emoji: spelled(emoji), tone })) } : {}),
  };
}

/** emojibase puts a variation selector behind what is an emoji anyway; one picture must have one spelling. */
function spelled(emoji: string): string {
  return /^\p{Emoji_Presentation}\uFE0F$/u.test(emoji) ? emoji.slice(0, -1) : emoji;
}
