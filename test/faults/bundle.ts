import { createHash } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, stop } from "esbuild";

const root = join(import.meta.dirname, "../..");
/** Inside node_modules, so that what is not bundled is found from there, and so that nothing is left in /tmp. */
const CACHE = join(root, "node_modules/.cache/earshot");
let made: Promise<string> | undefined;

/** The server as scripts/prepare.mjs bundles it, without the pages: made once per test file, and kept under the hash of what it says. */
export function bundledNode(): Promise<string> {
  made ??= bundle();
  return made;
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["test/faults/node-entry.ts"],
    write: false,
    bundle: true,
    sourcemap: "inline",
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
  });
  await stop();
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  const file = join(CACHE, `node-${createHash("sha256").update(code).digest("hex").slice(0, 16)}.mjs`);
  await mkdir(CACHE, { recursive: true });
  // Moved to its place: another test file may be starting the same one.
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, code);
  await rename(draft, file);
  return file;
}
