import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { bin, build, checkNode, generate, install, root, Told } from "./prepare.mjs";

/** `npm start`: from a fresh clone to a running server. `npm run dev` (--dev): the same with hot reload, without a build. */
const isDev = process.argv.includes("--dev");

/**
 * Ctrl+C reaches every process of the terminal, and npm may pass it on once more: a Postgres
 * below it would take the second one for "now!". So the server has a process group of its own and hears from us alone. scripts/follow.mjs ends the server when we are killed without a word.
 */
const REPEAT_MS = 1_000;

/**
 * `kill` of npm ends npm and the shell that it runs us in, and tells us nothing: the server would keep the port and the
 * database with nobody left to stop it. That our parent is another one is how we hear of it.
 */
const ORPHAN_CHECK_MS = 200;

/** A larger nursery for short-lived objects: a busy node sends a fifth more; an idle one weighs the same (docs/performance.md). */
const ROOM_FOR_NEWBORNS = ["--max-semi-space-size=64"];

/** To somebody who watches, what goes well is told in words (below); a line of JSON beside each is for whoever collects them. */
const QUIET = !isDev && process.stdout.isTTY ? { LOG_LEVEL: "warn" } : {};

function serve() {
  const server = isDev
    ? [bin("tsx"), "watch", "--clear-screen=false", "server.ts"]
    : ["--enable-source-maps", ...ROOM_FOR_NEWBORNS, "--import", "./scripts/follow.mjs", "dist/server.js"];
  const child = spawn(process.execPath, server, {
    cwd: root,
    // Nothing phones home, Next neither.
    env: { ...QUIET, ...process.env, NODE_ENV: isDev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" },
    detached: process.platform !== "win32",
    stdio: isDev ? ["ignore", "inherit", "inherit"] : ["ignore", "inherit", "inherit", "ipc"],
  });
  let lastAt = 0;
  const pass = (signal) => {
    if (Date.now() - lastAt < REPEAT_MS) return;
    lastAt = Date.now();
    if (process.stdout.isTTY) console.log("\nStopping…");
    // The dev server is a small family (tsx and what it watches); a terminal would tell all of them.
    process.kill(isDev && process.platform !== "win32" ? -child.pid : child.pid, signal);
  };
  process
    .on("SIGINT", pass)
    .on("SIGTERM", pass)
    .on("SIGHUP", () => pass("SIGTERM"));
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    pass("SIGTERM");
  }, ORPHAN_CHECK_MS);
  child.on("message", ({ progress, ready }) =>
    console.log(progress ? `${progress}…` : `\nEarshot is ready: ${ready}\n`),
  );
  child.once("error", fail);
  child.once("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

function fail(error) {
  console.error(error instanceof Told ? error.message : error);
  process.exit(1);
}

try {
  checkNode();
  await install();
  await generate();
  if (!isDev) await build();
  // What the surroundings have set wins over the file.
  if (existsSync(join(root, ".env"))) process.loadEnvFile(join(root, ".env"));
  serve();
} catch (error) {
  fail(error);
}
