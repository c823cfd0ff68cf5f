import { expect, test } from "vitest";
import { eventually, inAWorld } from "#test/world.ts";

/** What a load balancer and a monitor are told. */
const world = inAWorld();

const ask = async (address: string, path: string) => {
  const response = await fetch(address + path);
  return { status: response.status, text: await response.text() };
};

test("a node is ready while it listens and Postgres answers; without LISTEN it is alive, but not ready", async () => {
  const node = await world().node();
  const { http } = await world().serve(node);
  expect((await ask(http, "/healthz")).status).toBe(200);
  const ready = await ask(http, "/readyz");
  expect(ready).toMatchObject({ status: 200 });
  expect(JSON.parse(ready.text)).toEqual({ status: "ready", database: "ok", listening: "live" });

  await node.listener.stop();
  Object.assign(node.listener, { state: "polling" });
  expect(JSON.parse((await ask(http, "/readyz")).text)).toMatchObject({ status: "not ready", listening: "polling" });
  expect((await ask(http, "/readyz")).status).toBe(503);
  expect((await ask(http, "/healthz")).status).toBe(200);
});

test("the metrics name what happened: a send, its batch, its delivery, the listener's state", async () => {
  const ana = await world().person("ana");
  const roomId = await world().room(ana);
  const node = await world().node();
  const stage = await world().serve(node);
  const { api } = stage.client(ana);
  api.room.feed.subscribe({ roomId }, {});
  await eventually(
    () => node.hub.seats,
    (seats) => seats === 1,
  );
  await api.message.send.mutate({ roomId, clientId: crypto.randomUUID(), body: "counted" });
  const metrics = await eventually(
    async () => (await ask(stage.http, "/metrics")).text,
    (text) => /^earshot_deliveries_total 1$/m.test(text),
  );
  expect(metrics).toMatch(/^earshot_sends_total\{outcome="new"\} 1$/m);
  expect(metrics).toMatch(/^earshot_send_batch_size_count 1$/m);
  expect(metrics).toMatch(/^earshot_delivery_delay_seconds_count 1$/m);
  expect(metrics).toMatch(/^earshot_sockets 1$/m);
  expect(metrics).toMatch(/^earshot_seats 1$/m);
  expect(metrics).toMatch(/^earshot_listener_state\{state="live"\} 1$/m);
});
