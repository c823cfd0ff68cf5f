import { expect, test } from "vitest";
import { Wire } from "#test/wire.ts";
import { inAWorld } from "#test/world.ts";
import { assertUsable, UnusableDatabaseError } from "./checks.ts";

/** At the start, what the owner can mend is one clear line. */
const world = inAWorld();

async function complaint(url: string): Promise<string> {
  const error = await assertUsable(url).then(
    () => new Error("it was found usable"),
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(UnusableDatabaseError);
  expect(error.message).not.toContain("\n");
  return error.message;
}

const changed = (change: (url: URL) => void) => {
  const url = new URL(world().db.url);
  change(url);
  return url.href;
};

test("a Postgres that can be reached and heard is usable", async () => {
  await expect(assertUsable(world().db.url)).resolves.toBeUndefined();
});

test("one that is not there is named, without its password", async () => {
  const line = await complaint("postgres://earshot:hunter2@127.0.0.1:9/none");
  expect(line).toMatch(/^DATABASE_URL: Postgres at 127\.0\.0\.1:9\/none cannot be reached \(.*ECONNREFUSED.*\)\.$/);
  expect(line).not.toContain("hunter2");
});

test("a wrong password is said to be one", async () => {
  const line = await complaint(
    changed((url) => {
      url.password = "wrong";
    }),
  );
  expect(line).toMatch(/password authentication failed/);
  expect(line).not.toContain("wrong");
});

test("a database that is not there is named", async () => {
  expect(
    await complaint(
      changed((url) => {
        url.pathname = "/nowhere";
      }),
    ),
  ).toContain('database "nowhere" does not exist');
});

test("a transaction pooler, through which LISTEN hears nothing, is found out", async () => {
  await using pooler = await Wire.before(world().db.url);
  pooler.toClient = (type) => (type === "A" ? "lose" : "pass"); // NotificationResponse
  expect(await complaint(pooler.url)).toMatch(/LISTEN is not heard\. This looks like a transaction pooler/);
});

test("a link that breaks during the look is one line as well", async () => {
  await using wire = await Wire.before(world().db.url);
  wire.toServer = (chunk) => (chunk.includes("listen earshot_probe") ? "cut" : "pass");
  expect(await complaint(wire.url)).toMatch(/^DATABASE_URL: /);
});
