import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { emojiData, emojiMessages } from "./emoji-source.ts";

/** Writes what the emoji picker and the shortcodes read: `node scripts/run.mjs scripts/emoji-data.ts`. */
const folder = join(import.meta.dirname, "../public/emoji/en");
await mkdir(folder, { recursive: true });
await writeFile(join(folder, "data.json"), emojiData());
await writeFile(join(folder, "messages.json"), emojiMessages());
