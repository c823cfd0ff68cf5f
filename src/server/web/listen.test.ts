import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { CannotStart } from "../errors.ts";
import { listen } from "./listen.ts";

const complaint = (port: number, host: string) =>
  listen(createServer(), port, host).then(
    () => new Error("it listens"),
    (error: Error) => error,
  );

test("a port in use is one line that says what to do; a free one is taken", async () => {
  const first = createServer();
  await listen(first, 0, "127.0.0.1");
  const { port } = first.address() as AddressInfo;
  const refused = await complaint(port, "127.0.0.1");
  expect(refused).toBeInstanceOf(CannotStart);
  expect(refused.message).toBe(`PORT: ${port} is in use. Stop what uses it, or choose another: PORT=3001 npm start`);
  await new Promise((resolve) => first.close(resolve));
});

test("an address that is not this machine's is one line, too", async () => {
  const refused = await complaint(0, "203.0.113.9");
  expect(refused).toBeInstanceOf(CannotStart);
  expect(refused.message).toBe("HOST: 203.0.113.9 is not an address of this machine. 0.0.0.0 means all of them.");
});
