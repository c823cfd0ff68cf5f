import { twentiesIn } from "../cast.ts";
import type { ServerName } from "../peers.ts";
import { interleave, type Measured, type Rounds, type Run } from "./measured.ts";

/** Enough to have everything loaded and compiled once, so that it is not counted as a socket's. */
const FIRST_ROOMS = 5;
/** As many as one node is to carry in a gigabyte. A full run seats as many. */
const MANY = 10_000;

/**
 * What a socket costs that sits there and does nothing: the growth of a server's resident set, over a process that has served
 * a hundred before, both after everything that nobody holds was collected. Ours as a browser does it: `me.feed` and one `room.feed`.
 */
export function measureIdle(run: Run, rounds: number, peers: ServerName[]): Promise<Rounds> {
  return interleave(peers, rounds, (server) => sitStill(run, server));
}

async function sitStill({ stage, plan }: Run, server: ServerName): Promise<Measured> {
  await stage.unseatAll();
  const { child, port } = await stage.start(server);
  const seat = async (crowd: string, rooms: number, after = 0) => {
    const seating = twentiesIn(stage.databases.cast, rooms, after);
    await stage.seat({ crowd, server, port, seating, isBrowser: true });
    await stage.load(crowd, "calm", { calmMs: plan.calmMs });
    return seating.places.length;
  };
  try {
    await seat("the first", FIRST_ROOMS);
    await stage.unseat("the first");
    const before = await child.call<number>("settled");
    const sockets = await seat("idle", plan.idleRooms);
    const after = await child.call<number>("settled");
    const cpuBefore = await child.call<number>("cpu");
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const cpu = (await child.call<number>("cpu")) - cpuBefore;
    // The nursery is there once, however many there are: the first half has paid for it.
    const more = await seat("as many again", plan.idleRooms, plan.idleRooms);
    const full = await child.call<number>("settled");
    const bytesOfOneMore = (full - after) / more;
    return {
      bytesPerSocket: (after - before) / sockets,
      bytesOfOneMore,
      bytesOf10000: full + (MANY - sockets - more) * bytesOfOneMore,
      serverRssBytes: after,
      idleCpuShare: cpu / 1e6,
    };
  } finally {
    await stage.unseatAll();
    await stage.dismiss(child);
  }
}
