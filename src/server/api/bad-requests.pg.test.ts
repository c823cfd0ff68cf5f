import { describe, expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { OUR_ORIGIN } from "#test/stage.ts";
import { inAWorld } from "#test/world.ts";

/** What a plain request may not be: each with its status, its code, and nothing written. */
const world = inAWorld();

async function scene() {
  const ana = await world().person("ana");
  const roomId = await world().room(ana);
  const stage = await world().serve(await world().node());
  const input = { roomId, clientId: newId(), body: "hello" };
  const post = (body: string | Buffer, headers: Record<string, string> = {}, path = "message.send") =>
    fetch(`${stage.http}/trpc/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: ana.cookie, origin: OUR_ORIGIN, ...headers },
      body: body as BodyInit,
    });
  const said = async () => (await world().ledger(roomId)).bodies;
  return { ana, roomId, stage, input, post, said };
}

const refusal = (reason: string) => ({ error: { message: expect.stringMatching(/^[A-Z].*[.!]$/), data: { reason } } });

describe("a POST", () => {
  test.each([
    ["from another site", { origin: "https://evil.example" }, 403, "FORBIDDEN"],
    ["from a page without an origin", { origin: "null" }, 403, "FORBIDDEN"],
    ["without a session", { cookie: "" }, 401, "UNAUTHORIZED"],
    ["with another's seal", { cookie: "next-auth.session-token=x.y.z" }, 401, "UNAUTHORIZED"],
    ["of a form", { "content-type": "application/x-www-form-urlencoded" }, 415, "INVALID"],
  ])("%s is refused and writes nothing; ours is taken", async (_, headers, status, reason) => {
    const { input, post, said } = await scene();
    const answer = await post(JSON.stringify(input), headers as unknown as Record<string, string>);
    expect({ status: answer.status, ...(await answer.json()) }).toMatchObject({ status, ...refusal(reason) });
    expect(await said()).toEqual([]);
    expect((await post(JSON.stringify(input))).status).toBe(200);
    expect(await said()).toEqual(["hello"]);
  });

  test.each([
    ["that is no JSON", "{nonsense", 400],
    ["that is null", "null", 400],
    ["that is too large", JSON.stringify({ body: "x".repeat(257 * 1024) }), 413],
  ])("%s is INVALID and writes nothing", async (_, body, status) => {
    const { post, said } = await scene();
    const answer = await post(body);
    expect({ status: answer.status, ...(await answer.json()) }).toMatchObject({ status, ...refusal("INVALID") });
    expect(await said()).toEqual([]);
  });

  test("of 20 calls is answered, of 21 it is INVALID and none of them is done", async () => {
    const { input, post, said } = await scene();
    const batch = (count: number) =>
      post(
        JSON.stringify(
          Object.fromEntries(Array.from({ length: count }, (_, i) => [i, { ...input, clientId: newId() }])),
        ),
        {},
        `${Array(count).fill("message.send").join(",")}?batch=1`,
      );
    const refused = await batch(21);
    expect(refused.status).toBe(400);
    expect(JSON.stringify(await refused.json())).toContain('"reason":"INVALID"');
    expect(await said()).toEqual([]);
    expect((await batch(20)).status).toBe(200);
    expect((await said()).length).toBe(20);
  });
});

test.each(["room.nothing", "nothing", "constructor", "__proto__", "room.get.call"])(
  "there is no procedure %s",
  async (path) => {
    const { ana, stage } = await scene();
    const answer = await fetch(`${stage.http}/trpc/${path}`, { headers: { cookie: ana.cookie } });
    expect({ status: answer.status, ...(await answer.json()) }).toMatchObject({ status: 404, ...refusal("NOT_FOUND") });
  },
);

test.each([
  ["was revoked", "update session set revoked_at = clock_timestamp() where id = $1"],
  ["has expired", "update session set expires_at = now() - interval '1 second' where id = $1"],
  ["was not used for a month", "update session set last_seen_at = now() - interval '31 days' where id = $1"],
])("a session that %s is UNAUTHORIZED; until then it is good", async (_, sql) => {
  const { ana, stage } = await scene();
  const list = () => fetch(`${stage.http}/trpc/room.list`, { headers: { cookie: ana.cookie } });
  expect((await list()).status).toBe(200);
  await world().pool.query(sql, [ana.sessionId]);
  const answer = await list();
  expect({ status: answer.status, ...(await answer.json()) }).toMatchObject({
    status: 401,
    ...refusal("UNAUTHORIZED"),
  });
});

test("a mutation by GET is refused: a link on another site must not write", async () => {
  const { ana, stage, input, said } = await scene();
  const answer = await fetch(`${stage.http}/trpc/message.send?input=${encodeURIComponent(JSON.stringify(input))}`, {
    headers: { cookie: ana.cookie },
  });
  expect({ status: answer.status, ...(await answer.json()) }).toMatchObject({ status: 405, ...refusal("INVALID") });
  expect(await said()).toEqual([]);
});
