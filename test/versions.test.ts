import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Environment } from "#server/env.ts";

const root = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

/** Below these, a published vulnerability concerns us. Each line: the oldest version that has the fix, and of what. */
const FLOORS: Record<string, string> = {
  next: "16.4.1", // CVE-2026-94482, denial of service through Server Actions
  react: "19.2.1", // CVE-2025-55182, code execution
  "react-dom": "19.2.1",
  "next-auth": "4.24.15", // CVE-2026-73420, mail addresses that look alike
  ws: "8.21.1", // CVE-2026-62389, memory through unfinished fragments
  "@trpc/server": "11.8.0", // CVE-2025-68130, prototype pollution
  postcss: "8.5.12", // CVE-2026-45623, file read through a source map
  sharp: "0.35.0", // CVE-2026-114113, images
  undici: "6.29.1", // CVE-2026-87018 and others
  nodemailer: "10.0.10", // header injection
  "@matrix-org/matrix-sdk-crypto-wasm": "18.3.0", // CVE-2026-45056, forged senders
  dompurify: "3.3.2", // CVE-2026-0540
};

interface Lock {
  packages: Record<string, { version?: string }>;
}

function isAtLeast(version: string, floor: string): boolean {
  const [have, want] = [version, floor].map((text) => (text.split("-")[0] ?? "").split(".").map(Number));
  const at = want?.findIndex((part, index) => part !== have?.[index]) ?? -1;
  return at === -1 || (have?.[at] ?? 0) > (want?.[at] ?? 0);
}

test("every installed copy of a package is above its known vulnerabilities", () => {
  const { packages } = JSON.parse(read("package-lock.json")) as Lock;
  const tooOld = Object.entries(packages).flatMap(([path, { version = "0" }]) => {
    const floor = FLOORS[path.split("node_modules/").at(-1) ?? ""];
    return floor && !isAtLeast(version, floor) ? [`${path} ${version} is below ${floor}`] : [];
  });
  expect(tooOld).toEqual([]);
});

test("a version is compared by its numbers", () => {
  expect(isAtLeast("16.4.5", "16.4.1")).toBe(true);
  expect(isAtLeast("16.10.0", "16.9.9")).toBe(true);
  expect(isAtLeast("16.4.1", "16.4.1")).toBe(true);
  expect(isAtLeast("16.4.0", "16.4.1")).toBe(false);
  expect(isAtLeast("8.9.9", "10.0.0")).toBe(false);
});

test("package.json asks for exact versions", () => {
  const { dependencies, devDependencies } = JSON.parse(read("package.json")) as Record<string, Record<string, string>>;
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d/.test(version));
  expect(loose).toEqual([]);
});

test(".env.example lists what the environment is parsed for, neither more nor less", () => {
  const listed = [...read(".env.example").matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
  expect(listed.toSorted()).toEqual(Object.keys(Environment.in.shape).toSorted());
});

/** `src/server/log.ts`, `docs/`, `scripts/start.mjs --dev`: what looks like a path of ours. */
const PATH = /`((?:src|docs|test|e2e|bench|scripts|prisma|public|\.ci|\.github)\/[^`\s*<>…{}[\]:#]*)[^`]*`/g;

/** docs/adding-a-feature.md walks through the files of a noun that does not exist yet. */
const INVENTED = /reactions/;

function documents(): string[] {
  const inDocs = existsSync(join(root, "docs"))
    ? readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).map((file) => `docs/${file}`)
    : [];
  const files = ["README.md", "ARCHITECTURE.md", ...inDocs.filter((file) => file.endsWith(".md"))];
  return files.filter((file) => existsSync(join(root, file)));
}

test("every path that the documents name exists", () => {
  const missing = documents().flatMap((file) =>
    [...read(file).matchAll(PATH)]
      .map(([, path = ""]) => path)
      .filter((path) => !INVENTED.test(path) && !existsSync(join(root, path)))
      .map((path) => `${file} names ${path}`),
  );
  expect(missing).toEqual([]);
});
