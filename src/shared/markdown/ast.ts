/**
 * What a message says, as a tree of our own: the parser may change, what is drawn and what is recorded do not. There is no
 * node for HTML and none for a picture, so neither can ever be drawn.
 */
export type Inline =
  /** Line breaks are kept as `\n`: a single newline is a line break in a chat. */
  | { type: "text"; text: string }
  | { type: "strong" | "emphasis" | "strike"; children: Inline[] }
  | { type: "code"; text: string }
  /** http, https or mailto, and nothing else. Holds no further link and no mention. */
  | { type: "link"; href: string; children: Inline[] }
  /** `name` is lower case; `text` is what was typed, with its `@`. Nobody may bear that name. */
  | { type: "mention"; name: string; text: string }
  | { type: "everyone"; text: string }
  /** `#slug`, lower case. There may be no such room. */
  | { type: "room"; slug: string; text: string }
  /** `:tada:`, its code lower case and without colons. There may be no such emoji. */
  | { type: "emoji"; code: string; text: string };

export type Align = "left" | "center" | "right" | null;
/** `isDone` is null for an item that is no task. */
export type Item = { isDone: boolean | null; children: Block[] };

export type Block =
  | { type: "paragraph"; children: Inline[] }
  | { type: "heading"; level: number; children: Inline[] }
  | { type: "code"; language: string | null; text: string }
  | { type: "quote"; children: Block[] }
  /** `start` is null for a list without numbers. */
  | { type: "list"; start: number | null; items: Item[] }
  | { type: "table"; align: Align[]; head: Inline[][]; rows: Inline[][][] }
  | { type: "rule" };
