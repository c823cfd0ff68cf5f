/**
 * The child's half of processes.ts: answers calls that arrive over the IPC channel, and goes when its parent does. Ctrl+C
 * reaches every process of the terminal; it is the parent who ends its children, after they have been asked to stop.
 */
export type Methods = Record<string, (args: never) => unknown>;

type Call = { call: number; method: string; args: unknown };

export function answer(methods: Methods): void {
  const all: Methods = { ...methods, cpu: cpuMicros, memory: () => process.memoryUsage().rss, settled };
  process.on("SIGINT", () => {});
  process.on("disconnect", () => process.exit());
  process.on("message", async ({ call, method, args }: Call) => {
    try {
      const run = all[method];
      if (!run) throw new Error(`There is no method ${method}.`);
      process.send?.({ call, value: await run(args as never) });
    } catch (error) {
      process.send?.({ call, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
}

/** All CPU of this process so far, garbage collection and kernel time included. */
function cpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** What stays resident once everything that nobody holds is gone, and the nursery shrunk. Needs --expose-gc. */
async function settled(): Promise<number> {
  const collect = globalThis.gc as unknown as (how: {
    type: "major";
    execution: "sync";
    flavor: "last-resort";
  }) => void;
  for (let turn = 0; turn < 3; turn++) {
    collect({ type: "major", execution: "sync", flavor: "last-resort" });
    // What was collected is given back to the system a moment later.
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return process.memoryUsage().rss;
}
