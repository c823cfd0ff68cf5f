import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/**
 * The import rules between rooms (ARCHITECTURE.md), each seen firing. A glob that matches nothing forbids nothing and
 * looks just the same, so every forbidden line in lint-fixtures must be reported and no allowed one may be. They are
 * linted in a copy where they lie in src/, under the repository's own biome.json.
 */
const root = join(import.meta.dirname, "..");
const fixtures = join(import.meta.dirname, "lint-fixtures");
const RULES = "style/noRestrictedImports|style/noProcessEnv|suspicious/noConsole|performance/noReExportAll";
const REPORT = new RegExp(`lint/(?:${RULES}),file=([^,]+),line=(\\d+)`);

const files = readdirSync(join(fixtures, "src"), { recursive: true, encoding: "utf8" }).map((file) => `src/${file}`);
const forbidden = files.filter((file) => file.endsWith("/forbidden.ts"));
const allowed = files.filter((file) => file.endsWith("/allowed.ts"));
const reported = new Map<string, Set<number>>();
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "earshot-lint-"));
  cpSync(join(fixtures, "src"), join(copy, "src"), { recursive: true });
  // Outside of git, and with the fixtures no longer left out.
  const { vcs: _vcs, files: _files, ...config } = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
  writeFileSync(join(copy, "biome.json"), JSON.stringify(config));
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  const args = ["lint", "--reporter=github", "--max-diagnostics=none", "."];
  const { stdout } = spawnSync(process.execPath, [biome, ...args], { cwd: copy, encoding: "utf8" });
  for (const line of stdout.split("\n")) {
    const [, file, number] = REPORT.exec(line) ?? [];
    if (file) reported.set(file, (reported.get(file) ?? new Set()).add(Number(number)));
  }
});
afterAll(() => rmSync(copy, { recursive: true }));

test.each(forbidden)("%s: every line is reported", (file) => {
  const lines = readFileSync(join(fixtures, file), "utf8").trimEnd().split("\n");
  const missed = lines.filter((_, index) => !reported.get(file)?.has(index + 1));
  expect(missed).toEqual([]);
});

test.each(allowed)("%s: no line is reported", (file) => {
  expect([...(reported.get(file) ?? [])]).toEqual([]);
});

test("every room has its fixtures", () => {
  const onTheServer = ["api", "domain", "realtime", "auth", "db", "web"].map((room) => `server/${room}`);
  for (const room of ["shared", "ui", "app", ...onTheServer]) {
    expect(forbidden).toContain(`src/${room}/forbidden.ts`);
    expect(allowed).toContain(`src/${room}/allowed.ts`);
  }
});
