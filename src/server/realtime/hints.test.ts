import { describe, expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { heartbeat, parseHints, typingHint } from "./hints.ts";

const [a, b, c] = [newId(), newId(), newId()];
const typing = { roomId: a, userId: b, threadRoot: null };

describe("what the doorbell says", () => {
  test.each([
    [`r${a}:3-17`, { kind: "room", roomId: a, from: 3, to: 17 }],
    [`t${a}`, { kind: "settings", roomId: a }],
    [`u${a}`, { kind: "person", userId: a }],
    [`s${a}`, { kind: "session", sessionId: a }],
    [`p${a}`, { kind: "profile", userId: a }],
    [`o${a}`, { kind: "presence", userId: a }],
    [`f${a}`, { kind: "personal", userId: a }],
    [`w${a}:${b}`, { kind: "receipt", roomId: a, userId: b }],
    [`d${a}:${b}`, { kind: "delivered", roomId: a, userId: b }],
    [typingHint(typing), { kind: "typing", ...typing }],
    [typingHint({ ...typing, threadRoot: c }), { kind: "typing", ...typing, threadRoot: c }],
    [heartbeat(a, 42), { kind: "heartbeat", nodeId: a, beat: 42 }],
  ])("%s is understood", (payload, hint) => {
    expect(parseHints(payload)).toEqual([hint]);
  });

  test("a list is taken apart in its order", () => {
    expect(parseHints(`r${a}:1-2,t${a},u${b}`).map((hint) => hint.kind)).toEqual(["room", "settings", "person"]);
  });

  test("nothing is nothing", () => {
    expect(parseHints("")).toEqual([]);
  });

  test.each([
    "hello",
    `r${a}`,
    `r${a}:1`,
    `r${a}:1-2x`,
    `x${a}`,
    `u${a.toUpperCase()}`,
    "u",
    `w${a}`,
    `w${a}:${b}:${c}`,
    `y${a}`,
    `y${a}:${b}:`,
    "r:1-2",
    ` u${a}`,
    `h${a}`,
  ])("%j may be from a newer version of us: it is kept as unknown, so that somebody looks everywhere", (text) => {
    expect(parseHints(text)).toEqual([{ kind: "unknown", text }]);
  });

  test("one strange word does not hide what stands beside it", () => {
    expect(parseHints(`u${a},??,s${b}`).map((hint) => hint.kind)).toEqual(["person", "unknown", "session"]);
  });
});
