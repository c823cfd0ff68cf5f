import { answer } from "../answer.ts";
import type { Place } from "../cast.ts";
import type { ServerName } from "../peers.ts";
import { Crowd } from "./crowd.ts";
import { FanOut, type FanOutAsk } from "./fan-out.ts";
import { type DurableAsk, type LatencyAsk, Sends } from "./sends.ts";
import { type ComeBackAsk, comeBack, writeMeanwhile } from "./storm.ts";
import { type Urls, type Writer, writerFor } from "./writer.ts";

/**
 * A process in which people's sockets live, and the clock that times them. One crowd per name, all open at once: usually that
 * of the server that it sits at.
 */
export type OpenAsk = {
  crowd: string;
  server: ServerName;
  port: number;
  places: Place[];
  perRoom: number;
  isBrowser?: boolean;
  urls: Urls;
};
type Of = { crowd: string };
type Seated = { server: ServerName; crowd: Crowd; fanOut: FanOut; writer: Writer | null; urls: Urls };

const seated = new Map<string, Seated>();

function at({ crowd }: Of): Seated {
  const found = seated.get(crowd);
  if (!found) throw new Error(`Nobody is connected to ${crowd}.`);
  return found;
}

async function close({ crowd }: Of): Promise<void> {
  const found = seated.get(crowd);
  seated.delete(crowd);
  found?.crowd.close();
  await found?.writer?.close();
}

answer({
  async open({ crowd: name, server, port, places, perRoom, isBrowser, urls }: OpenAsk) {
    const crowd = new Crowd(server, places, perRoom);
    crowd.isBrowser = isBrowser ?? false;
    await crowd.open(port);
    const writer = writerFor(server, urls);
    seated.set(name, { server, crowd, fanOut: new FanOut(crowd, writer), writer, urls });
  },
  close,
  async closeAll() {
    for (const crowd of [...seated.keys()]) await close({ crowd });
  },
  fanOut: ({ crowd, ...ask }: FanOutAsk & Of) => at({ crowd }).fanOut.run(ask),
  expect: ({ crowd, changes }: Of & { changes: number }) => at({ crowd }).fanOut.expect(changes),
  cause: ({ crowd, changes }: Of & { changes: number }) => at({ crowd }).fanOut.cause(changes),
  arrived: ({ crowd }: Of) => at({ crowd }).fanOut.arrived(),
  durable: ({ crowd, ...ask }: DurableAsk & Of) => new Sends(at({ crowd }).crowd).durable(ask),
  latency: ({ crowd, ...ask }: LatencyAsk & Of) => new Sends(at({ crowd }).crowd).latency(ask),
  lone: ({ crowd, count }: Of & { count: number }) => new Sends(at({ crowd }).crowd).lone(count),
  calm: ({ crowd, calmMs }: Of & { calmMs: number }) => at({ crowd }).crowd.calm(calmMs),
  cut: ({ crowd }: Of) => at({ crowd }).crowd.cut(),
  meanwhile({ crowd: name, changesPerRoom }: Of & { changesPerRoom: number }) {
    const { server, crowd, urls } = at({ crowd: name });
    return writeMeanwhile(server, crowd, changesPerRoom, urls);
  },
  comeBack: ({ crowd, ...ask }: ComeBackAsk & Of) => comeBack(at({ crowd }).crowd, ask),
});
