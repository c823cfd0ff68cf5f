import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { writeString, writeText } from "./frames.ts";

/** Frames that we write ourselves, read by a WebSocket that knows nothing of it. */
async function onAWire(work: (server: WebSocket, client: WebSocket) => Promise<void>): Promise<void> {
  const http = new WebSocketServer({ port: 0, perMessageDeflate: false });
  const client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  const [server] = (await once(http, "connection")) as [WebSocket];
  await once(client, "open");
  await work(server, client);
  client.terminate();
  await new Promise((resolve) => http.close(resolve));
}

const START = '{"id":1,';
/** The lengths at which the head of a frame, or the way it is written, becomes another. */
const LENGTHS = [8, 125, 126, 2_048, 2_049, 4_096, 65_535, 65_536, 300_000];

test("texts of every length come whole and in order, between pings, however they are written", () =>
  onAWire(async (server, client) => {
    const came: string[] = [];
    client.on("message", (data, isBinary) => came.push(isBinary ? "binary" : String(data)));
    client.on("ping", (data) => came.push(`ping ${data}`));
    const sent = LENGTHS.flatMap((length, place) => {
      const text = START + "é".repeat((length - START.length) >> 1) + "x".repeat((length - START.length) & 1);
      expect(Buffer.byteLength(text)).toBe(length);
      writeText(server, Buffer.from(START), Buffer.from(text.slice(START.length)));
      server.ping(String(place));
      writeString(server, text);
      return [text, `ping ${place}`, text];
    });
    while (came.length < sent.length) await once(client, "message");
    expect(came.map((text) => text.length)).toEqual(sent.map((text) => text.length));
    expect(came).toEqual(sent);
  }));

test("a long rest is one piece of memory for everybody, and is counted as waiting until it is read", () =>
  onAWire(async (server, client) => {
    client.pause();
    const rest = Buffer.from("x".repeat(100_000));
    const before = process.memoryUsage().arrayBuffers;
    for (let frame = 0; frame < 200; frame++) writeText(server, Buffer.from(START), rest);
    expect(server.bufferedAmount).toBeGreaterThan(1_000_000);
    expect(process.memoryUsage().arrayBuffers - before, "200 copies would be 20 MB").toBeLessThan(5_000_000);
  }));
