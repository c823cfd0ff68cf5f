import { expect, test } from "vitest";
import { hashPassword, isPassword } from "#server/auth/passwords.ts";
import { endSession, openSession, viewerByToken } from "#server/auth/sessions.ts";
import { newId } from "#shared/ids.ts";
import { inAWorld } from "#test/world.ts";
import { changePassword } from "./accounts.ts";
import { devicesOf, endDevice, endOtherDevices } from "./devices.ts";

/** Where somebody is signed in, and how that ends. */
const world = inAWorld();

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

/** Ana with three devices: the one that she is at, her laptop and her phone; ben with one. */
async function scene() {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  const token = await openSession(ana.id, { userAgent: FIREFOX, address: "192.0.2.1" });
  const laptop = (await viewerByToken(token))?.sessionId ?? "";
  const phone = (await world().session(ana.id)).sessionId;
  await world().pool.query("update session set last_seen_at = now() - interval '1 day' where id = $1", [phone]);
  return { ana, ben, token, laptop, phone };
}

const ids = async (userId: string, sessionId: string) =>
  (await devicesOf(userId, sessionId)).map((device) => device.sessionId);

const stand = async (...sessionIds: string[]) => {
  const { rows } = await world().pool.query<{ id: string }>(
    "select id from session where id = any($1::uuid[]) and revoked_at is null",
    [sessionIds],
  );
  return sessionIds.filter((id) => rows.some((row) => row.id === id));
};

test("ana sees this device first, then the one that was seen last, each by a name that she knows", async () => {
  const { ana, laptop, phone } = await scene();
  const devices = await devicesOf(ana.id, phone);
  expect(devices.map(({ sessionId }) => sessionId).slice(0, 1)).toEqual([phone]);
  expect(devices.map(({ sessionId }) => sessionId).sort()).toEqual([phone, laptop, ana.sessionId].sort());
  expect(devices.map(({ isThisOne }) => isThisOne)).toEqual([true, false, false]);
  expect(await ids(ana.id, laptop)).toEqual([laptop, ana.sessionId, phone]);
  expect(devices.find(({ sessionId }) => sessionId === laptop)).toMatchObject({
    name: "Firefox on Linux",
    address: "192.0.2.1",
    isThisOne: false,
  });
  expect(devices[0]?.name).toBe("Unknown device");
});

test("what ended, ran out or was not seen for a month is no device any more", async () => {
  const { ana, token, laptop, phone } = await scene();
  const old = (await world().session(ana.id)).sessionId;
  expect(await ids(ana.id, ana.sessionId)).toHaveLength(4);
  await endSession(token);
  await world().pool.query("update session set expires_at = now() where id = $1", [phone]);
  await world().pool.query("update session set last_seen_at = now() - interval '31 days' where id = $1", [old]);
  expect(await ids(ana.id, ana.sessionId)).toEqual([ana.sessionId]);
  for (const id of [laptop, phone, old])
    await expect(endDevice(ana.id, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("ana signs one of hers out and no other; ben's is to her what is not there", async () => {
  const { ana, ben, laptop, phone } = await scene();
  await endDevice(ana.id, laptop);
  expect(await stand(ana.sessionId, laptop, phone)).toEqual([ana.sessionId, phone]);
  const answers = await Promise.all(
    [ben.sessionId, newId(), laptop].map((id) =>
      endDevice(ana.id, id).catch(({ code, message }) => `${code} ${message}`),
    ),
  );
  expect(new Set(answers)).toEqual(new Set(["NOT_FOUND That device is not signed in, or it is not yours."]));
  expect(await stand(ben.sessionId)).toEqual([ben.sessionId]);
});

test("ana signs all others out and stays, and ben does, too", async () => {
  const { ana, ben, laptop, phone } = await scene();
  expect(await endOtherDevices(ana.id, ana.sessionId)).toBe(2);
  expect(await endOtherDevices(ana.id, ana.sessionId)).toBe(0);
  expect(await stand(ana.sessionId, laptop, phone, ben.sessionId)).toEqual([ana.sessionId, ben.sessionId]);
});

const OLD = "good morning lantern";
const NEW = "good evening lantern";

async function withPassword() {
  const on = await scene();
  await world().pool.query('update "user" set password_hash = $2 where id = $1', [on.ana.id, await hashPassword(OLD)]);
  await world().pool.query("update session set revoked_at = null where user_id = $1", [on.ana.id]);
  const hash = async () =>
    (await world().pool.query('select password_hash from "user" where id = $1', [on.ana.id])).rows[0].password_hash;
  return { ...on, viewer: { userId: on.ana.id, sessionId: on.ana.sessionId }, hash };
}

test("another password signs out every device of ana's but this one, and nobody else's", async () => {
  const { ana, ben, laptop, phone, viewer, hash } = await withPassword();
  await changePassword(viewer, { current: OLD, next: NEW });
  expect(await stand(ana.sessionId, laptop, phone, ben.sessionId)).toEqual([ana.sessionId, ben.sessionId]);
  expect([await isPassword(NEW, await hash()), await isPassword(OLD, await hash())]).toEqual([true, false]);
  // The name of the session that was spared is gone with its transaction: a console's change ends them all.
  await world().pool.query(`update "user" set password_hash = 'x' where id = $1`, [ana.id]);
  expect(await stand(ana.sessionId)).toEqual([]);
});

test("a wrong current password, or the same again, changes nothing and signs nobody out", async () => {
  const { ana, ben, laptop, phone, viewer, hash } = await withPassword();
  const before = await hash();
  await expect(changePassword(viewer, { current: NEW, next: OLD })).rejects.toMatchObject({
    code: "WRONG_PASSWORD",
    message: "That isn't your current password. Try again.",
  });
  await expect(changePassword(viewer, { current: NEW, next: NEW })).rejects.toMatchObject({ code: "WRONG_PASSWORD" });
  await expect(changePassword(viewer, { current: OLD, next: OLD })).rejects.toMatchObject({ code: "INVALID" });
  const bens = { userId: ben.id, sessionId: ben.sessionId };
  await expect(changePassword(bens, { current: "", next: NEW })).rejects.toMatchObject({ code: "WRONG_PASSWORD" });
  expect(await hash()).toBe(before);
  expect(await stand(ana.sessionId, laptop, phone)).toHaveLength(3);
});

test("of two devices that change it at the same instant one does, and the other hears that it was wrong", async () => {
  const { ana, laptop, viewer, hash } = await withPassword();
  const other = { userId: ana.id, sessionId: laptop };
  const outcomes = await Promise.all(
    [
      changePassword(viewer, { current: OLD, next: NEW }),
      changePassword(other, { current: OLD, next: `${NEW} too` }),
    ].map((work) =>
      work.then(
        () => "ok",
        (error) => error.code,
      ),
    ),
  );
  expect(outcomes.toSorted()).toEqual(["WRONG_PASSWORD", "ok"]);
  const [winner, password] = outcomes[0] === "ok" ? [ana.sessionId, NEW] : [laptop, `${NEW} too`];
  expect(await isPassword(password, await hash())).toBe(true);
  expect(await stand(ana.sessionId, laptop)).toEqual([winner]);
});
