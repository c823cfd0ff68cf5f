/**
 * The import rules that Biome cannot express, because it treats `import type` like `import`: where a type may pass and a
 * value may not. A type leaves no trace in what runs; a value brings its whole module along.
 */
interface TypesOnly {
  /** Which files, and which of their imports. */
  files: RegExp;
  imports: RegExp;
  message: string;
}

const RULES: TypesOnly[] = [
  {
    files: /^src\/ui\//,
    imports: /^#server\//,
    message: "ui sees the server as types only: a value would carry the server into the browser",
  },
  {
    files: /^(src\/(?!server\/db\/|server\/realtime\/listener\.ts)|server\.ts)/,
    imports: /^(pg|@prisma\/.*|.*\/db\/generated\/.*)$/,
    message: "connections are made in src/server/db; only the listener has one of its own",
  },
  {
    files: /^src\/server\/realtime\//,
    imports: /^@trpc\//,
    message: "realtime knows tRPC's types, in frames.ts, and none of its code",
  },
];

/** `import … from "x"`, `export … from "x"`, `import "x"`, `import("x")`. */
const STATEMENT = /^(?:import|export)\s+(type\s+)?(?:([^"';]*?)\s+from\s+)?"([^"]+)"/gm;
const DYNAMIC = /\bimport\(\s*"([^"]+)"\s*\)/g;

export function importedValues(source: string): string[] {
  const statements = [...source.matchAll(STATEMENT)]
    .filter(([, isType, names = "*"]) => !isType && !areAllTypes(names))
    .map(([, , , from = ""]) => from);
  const dynamic = [...source.matchAll(DYNAMIC)]
    // `typeof import("x")` and `import("x").Name` in a type position are rare enough to be written as `import type`.
    .map(([, from = ""]) => from);
  return [...statements, ...dynamic];
}

/** `{ type A, type B }`: every name is a type. */
function areAllTypes(names: string): boolean {
  const list = /^\{(.*)\}$/s.exec(names.trim())?.[1];
  if (list === undefined) return false;
  const parts = list.split(",").filter((part) => part.trim() !== "");
  return parts.length > 0 && parts.every((part) => part.trim().startsWith("type "));
}

/** One line per import that is not allowed in this file. */
export function violations(file: string, source: string): string[] {
  const values = importedValues(source);
  return RULES.filter(({ files }) => files.test(file)).flatMap(({ imports, message }) =>
    values.filter((from) => imports.test(from)).map((from) => `${file} imports ${from}: ${message}`),
  );
}
