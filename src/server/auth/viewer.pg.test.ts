import { encode } from "next-auth/jwt";
import { describe, expect, test } from "vitest";
import { inAWorld, type Somebody } from "#test/world.ts";
import { authSecret } from "./secret.ts";
import { endSession, openSession, viewerByToken } from "./sessions.ts";
import { viewerFrom } from "./viewer.ts";

/** Who is this cookie? The seal first, then the row, and the row decides. */
const world = inAWorld();

const NAME = "next-auth.session-token";
const sealed = async (sid: unknown, secret?: string) =>
  encode({ token: { sid } as never, secret: secret ?? (await authSecret()) });
const age = (person: Somebody, change: string) =>
  world().pool.query(`update session set ${change} where id = $1`, [person.sessionId]);

describe("a cookie", () => {
  test("of ours is its person, plain or Secure, alone or among others", async () => {
    const ana = await world().person("ana");
    const seal = ana.cookie.slice(NAME.length + 1);
    for (const cookie of [ana.cookie, `theme=dark; ${ana.cookie}; x=y`, `__Secure-${NAME}=${seal}`]) {
      expect(await viewerFrom(cookie)).toMatchObject({ userId: ana.id, sessionId: ana.sessionId, role: "member" });
    }
  });

  test.each([
    ["that is missing", undefined],
    ["that is empty", ""],
    ["of something else", "theme=dark"],
    ["that is noise", `${NAME}=%%%`],
    ["that looks sealed", `${NAME}=a.b.c.d.e`],
    ["in a hundred pieces", Array.from({ length: 100 }, (_, i) => `${NAME}.${i}=x`).join("; ")],
  ])("%s is nobody", async (_, cookie) => {
    expect(await viewerFrom(cookie)).toBeNull();
  });

  test("sealed with another secret is nobody, though its token is right; cut short it is nobody", async () => {
    const ana = await world().person("ana");
    const token = await openSession(ana.id, { userAgent: "", address: "" });
    expect(await viewerFrom(`${NAME}=${await sealed(token)}`)).toMatchObject({ userId: ana.id });
    expect(await viewerFrom(`${NAME}=${await sealed(token, "another secret, as long as it needs to be")}`)).toBeNull();
    expect(await viewerFrom(`${NAME}=${(await sealed(token)).slice(0, -2)}`)).toBeNull();
  });

  test("with our seal and no token of ours in it is nobody", async () => {
    const ana = await world().person("ana");
    for (const sid of [undefined, null, 5, {}, "", "unknown", ana.id, ana.sessionId]) {
      expect(await viewerFrom(`${NAME}=${await sealed(sid)}`), String(sid)).toBeNull();
    }
  });
});

describe("a session", () => {
  test.each([
    ["after ninety days", "expires_at = now() - interval '1 second'", "expires_at = now() + interval '1 minute'"],
    [
      "when it was not used for thirty",
      "last_seen_at = now() - interval '30 days 1 minute'",
      "last_seen_at = now() - interval '29 days 23 hours'",
    ],
    ["when it is revoked", "revoked_at = now()", "user_agent = 'x'"],
  ])("ends %s, and not before", async (_, end, stay) => {
    const ana = await world().person("ana");
    await age(ana, stay);
    expect(await viewerFrom(ana.cookie)).toMatchObject({ userId: ana.id });
    await age(ana, end);
    expect(await viewerFrom(ana.cookie)).toBeNull();
  });

  test("lasts ninety days from sign-in, and using it does not lengthen that", async () => {
    const ana = await world().person("ana");
    const token = await openSession(ana.id, { userAgent: "", address: "" });
    const { rows } = await world().pool.query(
      "select extract(day from expires_at - created_at)::int as days, expires_at from session where user_id = $1 order by created_at desc limit 1",
      [ana.id],
    );
    expect(rows[0].days).toBe(90);
    await world().pool.query("update session set last_seen_at = now() - interval '11 minutes' where user_id = $1", [
      ana.id,
    ]);
    await viewerByToken(token);
    const after = await world().pool.query(
      "select last_seen_at > now() - interval '1 minute' as is_seen, expires_at from session where user_id = $1 order by created_at desc limit 1",
      [ana.id],
    );
    expect(after.rows).toEqual([{ is_seen: true, expires_at: rows[0].expires_at }]);
  });

  test("of somebody deactivated ends, with or without a trigger; signing out ends one and no other", async () => {
    const [ana, ben] = [await world().person("ana"), await world().person("ben")];
    await world().silently('update "user" set deactivated_at = now() where id = $1', [ana.id]);
    expect(await viewerFrom(ana.cookie)).toBeNull();
    const token = await openSession(ben.id, { userAgent: "", address: "" });
    await endSession(token);
    expect(await viewerByToken(token)).toBeNull();
    expect(await viewerFrom(ben.cookie)).toMatchObject({ userId: ben.id });
  });
});
