import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * The steps between a fresh clone and something that runs; each does nothing when its result is up to date. Plain Node
 * without packages, because the first step installs them. Used by start.mjs, test.mjs and run.mjs.
 */
export const root = join(import.meta.dirname, "..");
/** The oldest minor of each major that everything below us runs on; odd ones are not kept. */
const OLDEST_MINOR = { 20: 19, 22: 12 };

/** A failure that is already told in a line of its own: no stack, just the exit code. */
export class Told extends Error {}

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major >= 24 || minor >= (OLDEST_MINOR[major] ?? Number.POSITIVE_INFINITY)) return;
  throw new Told(`Earshot needs Node 20.19, 22.12 or 24, or newer ones of these; this is ${process.versions.node}.`);
}

/** npm ci, when node_modules does not hold what package-lock.json asks for. */
export async function install() {
  const wanted = await packagesOf("package-lock.json");
  const installed = await packagesOf("node_modules/.package-lock.json");
  const isMissing = ([path, { version, optional }]) =>
    path !== "" && installed[path]?.version !== version && !(optional && installed[path] === undefined);
  if (!Object.entries(wanted).some(isMissing)) return;
  // --include=dev: NODE_ENV=production in the surroundings would leave out what builds and tests.
  const flags = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath?.endsWith(".js") ? [process.execPath, process.env.npm_execpath] : ["npm"];
  await step("Installing packages (once, a minute or two)", () =>
    quietly([...npm, ...flags], { shell: npm[0] === "npm" }),
  );
}

/** What npm wrote down about itself is the truth; a stamp of ours would not notice somebody's own `npm install`. */
async function packagesOf(file) {
  const text = await readFile(join(root, file), "utf8").catch(() => "{}");
  return JSON.parse(text).packages ?? {};
}

/** The Prisma client, which is TypeScript made from prisma/schema.prisma. */
export async function generate() {
  const target = "src/server/db/generated";
  const source = await fingerprint(["prisma/schema.prisma", "node_modules/prisma/package.json"]);
  if (await isMadeFrom(target, source)) return;
  await step("Generating the database client", () =>
    quietly([process.execPath, bin("prisma"), "generate", "--schema", "prisma/schema.prisma"], {
      env: {
        // `generate` insists on the file of an engine that it does not run; left alone it downloads one.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    }),
  );
  await noteMadeFrom(target, source);
}

/** Next's pages into .next/, and server.ts with everything of ours into dist/server.js. Needs no environment. */
export async function build() {
  const inputs = ["src", "public", "server.ts", "next.config.js", "tsconfig.json", "package.json", "package-lock.json"];
  const source = await fingerprint([...inputs, "prisma/schema.prisma"]);
  if (existsSync(join(root, ".next/BUILD_ID")) && (await isMadeFrom("dist", source))) return;
  await step("Building (about a minute)", async () => {
    const env = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
    await quietly([process.execPath, bin("next"), "build"], { env });
    const { build: bundle, stop } = await import("esbuild");
    await bundle({
      absWorkingDir: root,
      entryPoints: ["server.ts"],
      outfile: "dist/server.js",
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      packages: "external",
      sourcemap: true,
      logLevel: "error",
    });
    await stop(); // its process would stay as long as ours, 20 MB beside a server
  });
  await noteMadeFrom("dist", source);
}

/** The program of an installed package, run with this Node: no shell, no `npx`, the same on every system. */
export function bin(name, program = name) {
  const require = createRequire(join(root, "package.json"));
  const manifest = join(root, "node_modules", name, "package.json");
  const entry = require(manifest).bin;
  return join(root, "node_modules", name, typeof entry === "string" ? entry : entry[program]);
}

/** Says what happens, for how long, and that it is over. */
export async function step(title, work) {
  const startedAt = Date.now();
  const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
  const isTerminal = process.stdout.isTTY && !process.env.CI;
  process.stdout.write(isTerminal ? `${title}…` : `${title}…\n`);
  const tick = setInterval(() => isTerminal && process.stdout.write(`\r${title}… ${seconds()}`), 1000);
  try {
    const result = await work();
    process.stdout.write(isTerminal ? `\r${title}… ${seconds()}\n` : `  done in ${seconds()}\n`);
    return result;
  } catch (error) {
    process.stdout.write("\n");
    throw error;
  } finally {
    clearInterval(tick);
  }
}

/** Runs a command and keeps its output to itself, unless it fails. */
async function quietly([command, ...args], { env = {}, shell = false } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    shell: shell && process.platform === "win32",
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const code = await new Promise((done, fail) => child.once("error", fail).once("close", done));
  if (code === 0) return;
  process.stderr.write(`\n${output}`);
  throw new Told(`That did not work: ${[command, ...args].join(" ")} ended with ${code}. Its output is above.`);
}

const stampOf = (target) => join(root, target, ".made-from");

async function isMadeFrom(target, source) {
  return (await readFile(stampOf(target), "utf8").catch(() => "")) === source;
}

async function noteMadeFrom(target, source) {
  await mkdir(join(root, target), { recursive: true });
  await writeFile(stampOf(target), source);
}

/** One hash over files and folders. Generated code and tests are left out: neither makes a build stale by itself. */
async function fingerprint(paths) {
  const hash = createHash("sha256").update(process.versions.node);
  for (const path of paths) {
    for (const file of await filesUnder(path)) hash.update(file).update(await readFile(join(root, file)));
  }
  return hash.digest("hex");
}

async function filesUnder(path) {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => undefined);
  if (!entries) return existsSync(join(root, path)) ? [path] : [];
  const kept = entries.filter(({ name }) => name !== "generated" && !/\.test\.tsx?$/.test(name));
  const nested = await Promise.all(kept.map(({ name }) => filesUnder(`${path}/${name}`)));
  return nested.flat().sort();
}
