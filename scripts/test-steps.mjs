import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { findBrowser } from "./browser.mjs";
import { bin, build, root } from "./prepare.mjs";

/**
 * What `npm test` runs, in this order: the quick and the common first. Each returns { passed, failed, skipped } and the
 * `failures` by title, with the first line of why.
 */
export const steps = [
  { name: "lint", run: lint },
  { name: "types", run: types },
  { name: "schema", run: () => check(["--import", "tsx", "scripts/dump-schema.ts", "--check"]) },
  { name: "unit", run: () => vitest("unit") },
  { name: "postgres", run: () => vitest("postgres") },
  { name: "faults", run: () => vitest("faults") },
  { name: "build", run: () => build().then(() => verdict(0)) },
  { name: "e2e", run: e2e },
];

/** A step that is one check counts as one. */
const verdict = (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, failures: [] });

async function check(args, env) {
  return verdict(await node(args, env));
}

/** Told outright: on its own Biome colours a log file too. */
function lint() {
  const colors = process.stdout.isTTY ? "force" : "off";
  return check([bin("@biomejs/biome", "biome"), "ci", "--error-on-warnings", `--colors=${colors}`, "."]);
}

/** The types of routes are written by Next, not kept in git. */
async function types() {
  const env = { NEXT_TELEMETRY_DISABLED: "1" };
  const generated = await node([bin("next"), "typegen"], env);
  return generated === 0 ? check([bin("typescript", "tsc"), "--noEmit"]) : verdict(generated);
}

function vitest(project) {
  return counted(async (report) => {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const code = await node([bin("vitest"), "run", "--project", project, ...reporters]);
    const told = await readJson(report);
    return {
      code,
      passed: told.numPassedTests,
      failed: told.numFailedTests,
      skipped: told.numPendingTests + told.numTodoTests,
      failures: told.testResults.flatMap(({ name, assertionResults }) =>
        assertionResults
          .filter(({ status }) => status === "failed")
          .map(({ fullName, failureMessages }) => failure(relative(root, name), fullName, failureMessages[0])),
      ),
    };
  });
}

const failure = (file, title, why = "") => `${file} › ${title}\n    ${why.split("\n", 1)[0]}`;

async function e2e() {
  const browser = await findBrowser();
  await build();
  return counted(async (report) => {
    const env = { ...browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
    const code = await node([bin("@playwright/test", "playwright"), "test", "--reporter=list,json"], env);
    const { stats, suites } = await readJson(report);
    return {
      code,
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
      failures: suites.flatMap(specsOf).flatMap(failuresOf),
    };
  });
}

const specsOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsOf)];

const failuresOf = ({ file, title, ok, tests }) =>
  ok ? [] : [failure(`e2e/${file}`, title, tests[0]?.results.find(({ error }) => error)?.error.message)];

/**
 * Counts from the runner's own report. A runner that fails without a failed test (a setup that broke, an error outside
 * of any test, no tests at all) is one failure: otherwise nothing would be red but the exit code.
 */
async function counted(runner) {
  const folder = await mkdtemp(join(tmpdir(), "earshot-report-"));
  try {
    const { code, ...counts } = await runner(join(folder, "report.json"));
    const failures = ["an error outside of any test: see above"];
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1, failures } : counts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readJson(file) {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) throw new Error("The tests ended before they could report.");
  return JSON.parse(text);
}

/** Streams its output. No stdin: a tool that asks a question must not wait for an answer that never comes. */
function node(args, env = {}) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => done(code ?? 1));
  });
}
