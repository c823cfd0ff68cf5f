import { answer } from "../answer.ts";
import type { Cast, ServerName } from "../plan.ts";
import { Crowd, type Place } from "./crowd.ts";
import { FanOut, type FanOutAsk } from "./fan-out.ts";
import { type DurableAsk, Sends } from "./sends.ts";
import { type Writer, writerFor } from "./writer.ts";

/** The process in which everybody's socket lives, and the clock that times them. One crowd per server, all open at once. */
type OpenAsk = {
  server: ServerName;
  port: number;
  kind: "fan-out" | "pairs";
  cast: Cast;
  urls: { ours: string; plain: string; perMinute: number };
};

const crowds = new Map<ServerName, Crowd>();
const fanOuts = new Map<ServerName, FanOut>();
const writers: Writer[] = [];

function of<T>(all: Map<ServerName, T>, server: ServerName): T {
  const found = all.get(server);
  if (!found) throw new Error(`Nobody is connected to ${server}.`);
  return found;
}

function placesIn({ people, hall, pairs }: Cast, kind: OpenAsk["kind"]): Place[] {
  if (kind === "fan-out") return people.map((person) => ({ person, roomId: hall }));
  return people.slice(0, pairs.length * 2).map((person, place) => ({ person, roomId: pairs[place >> 1] ?? hall }));
}

answer({
  async open({ server, port, kind, cast, urls }: OpenAsk) {
    const crowd = new Crowd(server, placesIn(cast, kind));
    await crowd.open(port);
    crowds.set(server, crowd);
    if (kind === "pairs") return;
    const writer = writerFor(server, urls);
    if (writer) writers.push(writer);
    fanOuts.set(server, new FanOut(crowd, writer));
  },
  async close() {
    for (const crowd of crowds.values()) crowd.close();
    for (const writer of writers.splice(0)) await writer.close();
    crowds.clear();
    fanOuts.clear();
  },
  fanOut: ({ server, ...ask }: FanOutAsk & { server: ServerName }) => of(fanOuts, server).run(ask),
  durable: ({ server, ...ask }: DurableAsk & { server: ServerName }) => new Sends(of(crowds, server)).durable(ask),
  lone: ({ server, count }: { server: ServerName; count: number }) => new Sends(of(crowds, server)).lone(count),
});
