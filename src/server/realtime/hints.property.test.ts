import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Hint, heartbeat, parseHints, typingHint } from "./hints.ts";

/** What the doorbell says, and whatever else anybody who may NOTIFY writes on its channel. */
const PAYLOAD_MAX = 7_900;
const id = fc.uuid().map((uuid) => uuid.toLowerCase());
/** Fifteen digits, as in a cursor. */
const number = fc.oneof(fc.nat(), fc.integer({ min: 0, max: 999_999_999_999_999 }));

/** A hint, and its text as the triggers and the nodes write it. */
type Said = { text: string; hint: Hint };
const ofPerson = [
  ["u", "person"],
  ["p", "profile"],
  ["o", "presence"],
  ["f", "personal"],
] as const;
const said: fc.Arbitrary<Said> = fc.oneof(
  fc.tuple(id, number, number).map(([roomId, from, to]): Said => {
    return { text: `r${roomId}:${from}-${to}`, hint: { kind: "room", roomId, from, to } };
  }),
  id.map((roomId): Said => ({ text: `t${roomId}`, hint: { kind: "settings", roomId } })),
  id.map((sessionId): Said => ({ text: `s${sessionId}`, hint: { kind: "session", sessionId } })),
  fc.tuple(id, fc.constantFrom(...ofPerson)).map(([userId, [letter, kind]]): Said => {
    return { text: `${letter}${userId}`, hint: { kind, userId } };
  }),
  fc.tuple(id, id).map(([roomId, userId]): Said => {
    return { text: `w${roomId}:${userId}`, hint: { kind: "receipt", roomId, userId } };
  }),
  fc.tuple(id, id).map(([roomId, userId]): Said => {
    return { text: `d${roomId}:${userId}`, hint: { kind: "delivered", roomId, userId } };
  }),
  fc.tuple(id, id, fc.option(id)).map(([roomId, userId, threadRoot]): Said => {
    const typing = { roomId, userId, threadRoot };
    return { text: typingHint(typing), hint: { kind: "typing", ...typing } };
  }),
  fc.tuple(id, number).map(([nodeId, beat]): Said => {
    return { text: heartbeat(nodeId, beat), hint: { kind: "heartbeat", nodeId, beat } };
  }),
);

const letters = fc.oneof(
  fc.constantFrom(..."rtuspofwdyh:-,0123456789abcdef\n \u0000"),
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
);
const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 40, size: "max" });
/** Whatever fits in a payload: noise, noise of our own letters, and good words with one place spoiled. */
const garbage = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.array(letters, { maxLength: 2_000, size: "max" }).map((all) => all.join("")),
  fc.tuple(said, fc.nat(120), fc.nat(3), letters).map(([{ text }, place, out, more]) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + more + text.slice(at + out);
  }),
  fc.tuple(fc.option(letters), said, letters).map(([before, { text }, after]) => `${before ?? ""}${text}${after}`),
  fc.tuple(letters, said).map(([before, { text }]) => before + text),
  fc.tuple(said, digits).map(([{ text }, number]) => text.replace(/\d+$/, number)),
);

describe("whatever the doorbell says", () => {
  test("comes back as it was meant, one by one and all in one payload, in its order", () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 70 }), (all) => {
        for (const { text, hint } of all) expect(parseHints(text)).toEqual([hint]);
        expect(parseHints(all.map(({ text }) => text).join(","))).toEqual(all.map(({ hint }) => hint));
      }),
    );
  });

  test("that is noise is taken apart all the same: every word of it is a hint or unknown, and none is dropped", () => {
    fc.assert(
      fc.property(garbage, (payload) => {
        const hints = parseHints(payload);
        const words = payload === "" ? [] : payload.split(",");
        expect(hints).toHaveLength(words.length);
        for (const [place, hint] of hints.entries()) {
          // What is unknown is kept to the letter; what is understood says the same when it is written again.
          if (hint.kind === "unknown") expect(hint.text).toBe(words[place]);
          else expect(textOf(hint)).toBe(withoutNoughts(words[place] ?? ""));
          const numbers = Object.values(hint).filter((value) => typeof value === "number");
          expect(numbers.every(Number.isSafeInteger)).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test("two payloads, one behind the other, say what each of them says", () => {
    const payload = fc.oneof(
      garbage,
      fc.array(said, { minLength: 1 }).map((all) => all.map(({ text }) => text).join(",")),
    );
    fc.assert(
      fc.property(payload, payload, (one, other) => {
        fc.pre(one !== "" && other !== "");
        expect(parseHints(`${one},${other}`)).toEqual([...parseHints(one), ...parseHints(other)]);
      }),
    );
  });

  test("looks at each letter a bounded number of times: a payload made to be hard costs what an easy one does", () => {
    const uuid = "01234567-89ab-cdef-0123-456789abcdef";
    // Runs on which an expression that may go back and forth would take for ever: digits without an end, uuids upon uuids.
    const hard = [
      `r${uuid}:${"1".repeat(7_850)}`,
      `r${uuid}:1-${"1".repeat(7_850)}x`,
      `h${uuid}:${"9".repeat(7_850)}-`,
      `y${`${uuid}:`.repeat(213)}`,
      `${uuid}`.repeat(219),
      ",".repeat(7_900),
    ];
    for (const payload of hard) {
      expect(payload.length).toBeLessThanOrEqual(PAYLOAD_MAX);
      const [small, large] = [payload.slice(0, 790), payload.repeat(50)];
      const cost = (text: string, times: number) => {
        const rounds = Array.from({ length: 5 }, () => {
          const startedAt = performance.now();
          for (let n = 0; n < times; n++) parseHints(text);
          return performance.now() - startedAt;
        });
        return Math.min(...rounds);
      };
      // The same number of letters, in 500 portions and in one: linear makes them alike, quadratic hundreds apart.
      cost(small, 100);
      expect(cost(large, 1)).toBeLessThan(20 * cost(small, 500) + 50);
    }
  });
});

function textOf(hint: Exclude<Hint, { kind: "unknown" }>): string {
  switch (hint.kind) {
    case "room":
      return `r${hint.roomId}:${hint.from}-${hint.to}`;
    case "settings":
      return `t${hint.roomId}`;
    case "session":
      return `s${hint.sessionId}`;
    case "receipt":
      return `w${hint.roomId}:${hint.userId}`;
    case "delivered":
      return `d${hint.roomId}:${hint.userId}`;
    case "typing":
      return typingHint(hint);
    case "heartbeat":
      return heartbeat(hint.nodeId, hint.beat);
    default:
      return `${ofPerson.find(([, kind]) => kind === hint.kind)?.[0]}${hint.userId}`;
  }
}

/** Numbers as they are printed. */
const withoutNoughts = (text: string) =>
  text.replace(/(?<=:)(\d+)-(\d+)$|(?<=^h[^:]*:)\d+$/, (found) => found.split("-").map(Number).join("-"));
