/**
 * One value per process. A module that server.ts and a Next route both import exists twice in the process (two module
 * graphs), so anything that must be single, a pool above all, hangs on globalThis under a registered symbol, in
 * production too.
 */
export function oncePerProcess<T>(name: string, make: () => T): T {
  const key = Symbol.for(`earshot.${name}`);
  const global = globalThis as { [key: symbol]: unknown };
  global[key] ??= make();
  return global[key] as T;
}
