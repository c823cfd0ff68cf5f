import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { SERVERS } from "./peers.ts";

const root = join(import.meta.dirname, "..");
const ENTRIES = [...SERVERS.map((name) => `servers/${name}`), "servers/history", "load/generator", "load/metronome"];

/**
 * Bundles the processes with the options of scripts/prepare.mjs, which builds the product: what tsx makes of the same
 * source keeps function names at a cost per closure, and would be measured along.
 */
export async function bundle(into: string): Promise<(name: string) => string> {
  await symlink(join(root, "node_modules"), join(into, "node_modules"));
  await build({
    absWorkingDir: root,
    entryPoints: ENTRIES.map((name) => `bench/${name}.ts`),
    outdir: into,
    entryNames: "[name]",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "error",
  });
  return (name) => join(into, `${name}.mjs`);
}
