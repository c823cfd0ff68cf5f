import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { eventually } from "#test/world.ts";
import { Link } from "./link.ts";

/** Every weather does what it says, or a fault test proves nothing. */
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A server that says "re:" and what it heard, and keeps what it heard. */
async function echo() {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (chunk) => {
      heard.push(String(chunk));
      socket.write(`re:${chunk}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { heard, sockets, port: (server.address() as AddressInfo).port };
}

async function linked(opts: { random?: () => number } = {}) {
  const server = await echo();
  const link = await Link.open({ port: server.port, ...opts });
  closers.push(() => link.close());
  return { server, link };
}

async function dial(link: Link) {
  const socket = connect(link.port, "127.0.0.1");
  const caller = { socket, heard: "", error: null as string | null, isClosed: false };
  socket.on("data", (chunk) => {
    caller.heard += String(chunk);
  });
  socket.on("error", (error: NodeJS.ErrnoException) => {
    caller.error = error.code ?? error.message;
  });
  socket.on("close", () => {
    caller.isClosed = true;
  });
  closers.push(async () => socket.destroy());
  await new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
  return caller;
}

/** Time enough for what must not arrive to arrive, if it were let through: another link carries a word there and back, twice. */
async function aWhile() {
  const { link } = await linked();
  const witness = await dial(link);
  for (const word of ["one", "two"]) {
    witness.socket.write(word);
    await eventually(
      () => witness.heard,
      (heard) => heard.endsWith(word),
    );
  }
}

const hears = (caller: { heard: string }, words: string) =>
  eventually(
    () => caller.heard,
    (heard) => heard === words,
  );
const isGone = (caller: { isClosed: boolean }) => eventually(() => caller.isClosed, Boolean);

describe("a link", () => {
  test("carries both ways, counts who is on it, and tells each end when the other goes", async () => {
    const { server, link } = await linked();
    const caller = await dial(link);
    caller.socket.write("a");
    await hears(caller, "re:a");
    expect([link.connections, link.made]).toEqual([1, 1]);
    caller.socket.end();
    await isGone(caller);
    await eventually(
      () => [server.sockets.size, link.connections],
      ([there, open]) => there === 0 && open === 0,
    );
  });

  test("with lag is late by at least so much, and in order whatever the jitter", async () => {
    let turn = 0;
    const { server, link } = await linked({ random: () => [0.9, 0.1, 0.5, 0][turn++ % 4] ?? 0 });
    link.set({ kind: "lag", ms: 30, jitterMs: 100 });
    const caller = await dial(link);
    const began = performance.now();
    for (let i = 0; i < 10; i++) {
      caller.socket.write(String(i));
      await new Promise(setImmediate);
    }
    await eventually(
      () => server.heard.join(""),
      (heard) => heard === "0123456789",
    );
    expect(performance.now() - began).toBeGreaterThan(30);
    await eventually(
      () => caller.heard.replaceAll("re:", ""),
      (heard) => heard === "0123456789",
    );
    expect(performance.now() - began).toBeGreaterThan(60);
  });

  test("that is thin lets through so many bytes a second, and all of them", async () => {
    const { server, link } = await linked();
    link.set({ kind: "throttle", bytesPerSecond: 8_000 });
    const caller = await dial(link);
    const began = performance.now();
    caller.socket.write("x".repeat(4_000));
    await eventually(
      () => server.heard.join("").length,
      (length) => length === 4_000,
    );
    expect(performance.now() - began).toBeGreaterThan(400);
  });

  test("that is a black hole carries nothing and tells nobody, also of an end that goes; when it heals, what was held arrives", async () => {
    const { server, link } = await linked();
    const [caller, leaver] = [await dial(link), await dial(link)];
    for (const one of [caller, leaver]) {
      one.socket.write("a");
      await hears(one, "re:a");
    }
    link.set({ kind: "blackHole" });
    caller.socket.write("b");
    leaver.socket.write("c");
    leaver.socket.end();
    const late = await dial(link);
    late.socket.write("d");
    await aWhile();
    expect(server.heard).toEqual(["a", "a"]);
    expect([caller.heard, caller.isClosed, late.isClosed, server.sockets.size]).toEqual(["re:a", false, false, 2]);
    link.set({ kind: "ok" });
    await hears(caller, "re:are:b");
    await hears(late, "re:d");
    await isGone(leaver);
    await eventually(
      () => server.sockets.size,
      (there) => there === 2,
    );
  });

  test("that is half open brings requests and holds answers", async () => {
    const { server, link } = await linked();
    const caller = await dial(link);
    link.set({ kind: "halfOpen" });
    caller.socket.write("a");
    await eventually(
      () => server.heard,
      (heard) => heard.length === 1,
    );
    await aWhile();
    expect(caller.heard).toBe("");
    link.reset();
    await isGone(caller);
    expect(caller.heard).toBe("");
  });

  test("that refuses resets who comes and keeps who is there", async () => {
    const { link } = await linked();
    const caller = await dial(link);
    caller.socket.write("a");
    await hears(caller, "re:a");
    link.set({ kind: "refuse" });
    await isGone(await dial(link));
    caller.socket.write("b");
    await hears(caller, "re:are:b");
  });

  test("resets both ends", async () => {
    const { server, link } = await linked();
    const caller = await dial(link);
    caller.socket.write("a");
    await hears(caller, "re:a");
    link.reset();
    await isGone(caller);
    expect(caller.error).toBe("ECONNRESET");
    await eventually(
      () => server.sockets.size,
      (there) => there === 0,
    );
    expect(link.connections).toBe(0);
  });

  test("drops one reply and its connection, and no other", async () => {
    const { server, link } = await linked();
    const [caller, other] = [await dial(link), await dial(link)];
    link.dropNextReply();
    caller.socket.write("a");
    await isGone(caller);
    expect([caller.heard, server.heard]).toEqual(["", ["a"]]);
    other.socket.write("b");
    await hears(other, "re:b");
  });

  test("closes the next connection after so many bytes of answers", async () => {
    const { link } = await linked();
    link.closeAfter(5);
    const caller = await dial(link);
    caller.socket.write("abcdef");
    await isGone(caller);
    expect(caller.heard).toBe("re:ab");
    const next = await dial(link);
    next.socket.write("abcdef");
    await hears(next, "re:abcdef");
  });

  test("can lead elsewhere, for those who come anew", async () => {
    const { server, link } = await linked();
    const caller = await dial(link);
    caller.socket.write("a");
    await hears(caller, "re:a");
    const other = await echo();
    link.retarget({ port: other.port });
    const next = await dial(link);
    next.socket.write("b");
    await hears(next, "re:b");
    caller.socket.write("c");
    await hears(caller, "re:are:c");
    expect([server.heard, other.heard]).toEqual([["a", "c"], ["b"]]);
  });

  test("resets who calls a server that is not there", async () => {
    const { link } = await linked();
    link.retarget({ port: 1 });
    await isGone(await dial(link));
    expect(link.connections).toBe(0);
  });
});
