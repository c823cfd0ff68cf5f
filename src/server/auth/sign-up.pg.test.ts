import { beforeEach, describe, expect, test } from "vitest";
import { createCaller } from "#server/api/router.ts";
import { prisma } from "#server/db/prisma.ts";
import { newId } from "#shared/ids.ts";
import { inAWorld } from "#test/world.ts";
import { openSession } from "./sessions.ts";
import { personByPassword } from "./sign-in.ts";

/** How somebody becomes somebody here: who is the admin, which names and passwords are taken, how often one may try. */
const world = inAWorld();
const GOOD = "good morning lantern";

let address = "";
beforeEach(() => {
  address = newId();
});

const from = (where = address) =>
  createCaller({
    viewer: null,
    address: where,
    node: null,
    stands: async () => false,
    feeds: null,
    link: null,
  });
const signUp = (username: string, more: { password?: string; displayName?: string } = {}, where = address) =>
  from(where).account.signUp({ username, password: GOOD, ...more });
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => "ok",
    (error) => error.cause?.code ?? error.code,
  );
const fresh = () => `p${newId().slice(-12)}`;

test("of people who sign up at the same instant on a new server exactly one is the admin, and all are in the lobby", async () => {
  await prisma().$connect();
  await Promise.all(["ana", "ben", "cleo", "dana"].map((name) => signUp(name)));
  await signUp("robin");
  const { rows } = await world().pool.query<{ role: string; count: number }>(
    'select role, count(*) from "user" group by role order by role',
  );
  expect(rows).toEqual([
    { role: "admin", count: 1 },
    { role: "member", count: 4 },
  ]);
  const lobby = await world().pool.query(
    "select count(*) from member join room on room.id = room_id where is_lobby and left_at is null",
  );
  expect(lobby.rows).toEqual([{ count: 5 }]);
});

describe("a username", () => {
  test("is one person's, in any case and with blanks around it; the second one hears so, and is nobody", async () => {
    const name = fresh();
    await signUp(name);
    for (const again of [name, name.toUpperCase(), ` ${name} `])
      expect(await reasonOf(signUp(again))).toBe("USERNAME_TAKEN");
    const { rows } = await world().pool.query('select count(*) from "user" where username = $1', [name]);
    expect(rows).toEqual([{ count: 1 }]);
  });

  test("that two people want at the same instant goes to one of them", async () => {
    const name = fresh();
    expect((await Promise.all([1, 2, 3].map(() => reasonOf(signUp(name))))).sort()).toEqual([
      "USERNAME_TAKEN",
      "USERNAME_TAKEN",
      "ok",
    ]);
  });

  test.each(["a", "a b", ".ana", "ana!", "äna", "a".repeat(33), "", "ana\u0000"])("is not %j", async (name) => {
    expect(await reasonOf(signUp(name))).toBe("INVALID");
  });
});

describe("a display name", () => {
  test.each(["a\u0000b", "\u0085"])("is not %j, and that is nobody's fault but the writer's", async (displayName) => {
    expect(await reasonOf(signUp(fresh(), { displayName }))).toBe("INVALID");
  });

  test("is the username when there is none", async () => {
    const name = fresh();
    expect(await signUp(name, { displayName: "  " })).toMatchObject({ username: name, name });
  });
});

describe("a password", () => {
  test.each([
    ["short", "x7#kQ"],
    ["common", "password123"],
    ["common with a tail", "dragon2024!"],
    ["one character", "aaaaaaaaaaaa"],
    ["a row of the keyboard", "qwertyui"],
    ["a row backwards", "87654321"],
    ["too long", "x7#kQ9-".repeat(40)],
  ])("that is %s is refused", async (_, password) => {
    expect(await reasonOf(signUp(fresh(), { password }))).toBe("INVALID");
  });

  test("that holds the username is refused, for somebody else it is good", async () => {
    const name = fresh();
    expect(await reasonOf(signUp(name, { password: `${name}99` }))).toBe("INVALID");
    expect(await reasonOf(signUp(fresh(), { password: `${name}99` }))).toBe("ok");
  });

  test("is kept as a hash alone", async () => {
    const name = fresh();
    const { id } = await signUp(name);
    const { rows } = await world().pool.query('select password_hash from "user" where id = $1', [id]);
    expect(rows[0].password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe("signing in", () => {
  test("is for the right password; an unknown name, a wrong password and a deactivated account hear the same", async () => {
    const [name, gone] = [fresh(), fresh()];
    const [{ id }, { id: goneId }] = [await signUp(name), await signUp(gone)];
    await world().pool.query('update "user" set deactivated_at = now() where id = $1', [goneId]);
    expect(await personByPassword(name, GOOD, address)).toEqual({ id });
    expect(await personByPassword(` ${name.toUpperCase()} `, GOOD, address)).toEqual({ id });
    expect(await personByPassword(name, `${GOOD}!`, address)).toBeNull();
    expect(await personByPassword(fresh(), GOOD, address)).toBeNull();
    expect(await personByPassword(gone, GOOD, address)).toBeNull();
    expect(await personByPassword("no name!", "short", address)).toBeNull();
  });

  test("takes as long for an unknown name as for a wrong password: both are hashed", async () => {
    const name = fresh();
    await signUp(name);
    const took = async (who: string) => {
      const startedAt = performance.now();
      await personByPassword(who, "not the password", address);
      return performance.now() - startedAt;
    };
    const [known, unknown] = [await took(name), await took(fresh())];
    expect(unknown).toBeGreaterThan(known / 4);
  });

  test("is limited by name, wherever it comes from and whether there is such a name; others go on", async () => {
    for (const name of [fresh(), (await signUp(fresh())).username]) {
      const tries = await Promise.all(
        Array.from({ length: 12 }, () => reasonOf(personByPassword(name, "not the password", newId()))),
      );
      expect(tries.filter((reason) => reason === "TOO_MANY_REQUESTS").length).toBe(2);
      const refused = await personByPassword(name, GOOD, newId()).catch((error) => error);
      expect(refused.retryAfterMs).toBeGreaterThan(0);
    }
    expect(await personByPassword(fresh(), "not the password", address)).toBeNull();
  });

  test("is limited by address, whatever the names; from elsewhere it goes", async () => {
    const guess = (where: string) => reasonOf(personByPassword("!", "x", where));
    const tries = await Promise.all(Array.from({ length: 103 }, () => guess(address)));
    expect(tries.filter((reason) => reason === "TOO_MANY_REQUESTS").length).toBe(3);
    expect(await guess(newId())).toBe("ok");
  });
});

test("new accounts are limited by address; a refused name costs one, too, and elsewhere it goes", async () => {
  const tries: string[] = [];
  for (let i = 0; i < 21; i++) tries.push(await reasonOf(signUp("ana")));
  expect(tries.at(-1)).toBe("TOO_MANY_REQUESTS");
  expect(tries.filter((reason) => reason === "USERNAME_TAKEN").length).toBe(20);
  expect(await reasonOf(signUp(fresh(), {}, newId()))).toBe("ok");
});

test("a session's token is kept as a hash alone", async () => {
  const { id } = await signUp(fresh());
  const token = await openSession(id, { userAgent: "x".repeat(1_000), address });
  const { rows } = await world().pool.query(
    "select row_to_json(session)::text as row from session where user_id = $1",
    [id],
  );
  expect(rows[0].row).not.toContain(token);
  expect(Buffer.from(token, "base64url").length).toBe(32);
});
