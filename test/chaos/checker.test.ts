import { describe, expect, test } from "vitest";
import { check, shortestJournal } from "./checker.ts";
import type { Evidence } from "./evidence.ts";
import { also, batch, endOf, goodEvidence, seen } from "./story.ts";

/** What the checker says of the good story, spoilt in one place. */
function spoilt(spoil: (evidence: Evidence) => void): string[] {
  const evidence = goodEvidence();
  spoil(evidence);
  return check(evidence).map(({ invariant, message }) => `${invariant}: ${message}`);
}

const sent = (evidence: Evidence) => evidence.ledger.messages[0] ?? expect.unreachable();

test("a story that ends well is let pass", () => {
  expect(check(goodEvidence())).toEqual([]);
});

describe("I1, nothing that was acknowledged is lost:", () => {
  test("a send", () => {
    expect(spoilt(({ ledger }) => void ledger.messages.splice(1, 1))).toContain(
      'I1: ana·1 was told "done" (send), and there is no row for "indeed"',
    );
  });

  test("a send that was answered with another row", () => {
    const found = spoilt(({ journal }) => {
      for (const entry of journal)
        if (entry.type === "answered" && entry.op === 2) entry.row = { id: "m0", seq: 4, version: 4 };
    });
    expect(found).toEqual([
      'I1: ana·1 was told "done" (send), and the row it named (seq 4) is not the one that stands (seq 5)',
    ]);
  });

  test("an edit, and a refused one is not made", () => {
    const edit = (outcome: "ok" | "refused", body: string) => (evidence: Evidence) => {
      also(evidence, "ana·1", { type: "asked", op: 9, verb: "edit", roomId: "kitchen", messageId: "m1", body });
      also(evidence, "ana·1", { type: "answered", op: 9, outcome, reason: null, row: null });
    };
    expect(spoilt(edit("ok", "hello"))).toEqual([]);
    expect(spoilt(edit("ok", "hullo"))).toEqual([
      'I1: ana·1 was told "done" (edit), and the message never said "hullo"',
    ]);
    expect(spoilt(edit("refused", "hullo"))).toEqual([]);
    expect(spoilt(edit("refused", "hello"))).toEqual(['I1: ana·1 was refused an edit (null) that was made: "hello"']);
  });

  test("a reaction, a deletion, a watermark", () => {
    const asked = (verb: string, more: object) => (evidence: Evidence) => {
      also(evidence, "ben·1", { type: "asked", op: 9, verb, roomId: "kitchen", ...more });
      also(evidence, "ben·1", { type: "answered", op: 9, outcome: "ok", reason: null, row: null });
    };
    const done = (verb: string) => `I1: ben·1 was told "done" (${verb}), and`;
    const message = { messageId: "m1" };
    expect(spoilt(asked("react", { ...message, emoji: "🎉" }))).toEqual([`${done("react")} 🎉 is not on the message`]);
    expect(spoilt(asked("unreact", { ...message, emoji: "👍" }))).toEqual([
      `${done("unreact")} 👍 is still on the message`,
    ]);
    expect(spoilt(asked("delete", message))).toEqual([`${done("delete")} the message stands`]);
    expect(spoilt(asked("read", { seq: 4 }))).toEqual([]);
    expect(spoilt(asked("read", { seq: 5 }))).toEqual([`${done("read")} the watermark stands at 4, not at 5`]);
  });
});

describe("I2, nothing is there twice, and nothing is in between:", () => {
  test("two rows for what was written once, under one name or two", () => {
    const twice = (clientId: string) => (evidence: Evidence) =>
      void evidence.ledger.messages.push({ ...sent(evidence), id: "m3", seq: 10, clientId });
    expect(spoilt(twice("c1"))).toContain('I2: "hello" is there 2 times: at 5 and 10');
    expect(spoilt(twice("c9"))).toContain('I2: "hello" is there 2 times: at 5 and 10');
    expect(spoilt(twice("c9"))).toContain('I2: nobody sent "hello" (seq 10) under the name c9');
  });

  test("what waits for ever, what vanished, what is shown as failed and was sent", () => {
    const waits = (clientId: string, body: string, state: string) => (evidence: Evidence) => {
      if (clientId === "c3")
        also(evidence, "ana·1", { type: "wrote", clientId, roomId: "kitchen", body, replyTo: null, threadRoot: null });
      endOf(evidence, "ana·1").end.outbox.push({ clientId, roomId: "kitchen", body, state });
    };
    expect(spoilt(waits("c3", "more", "failed"))).toEqual([]);
    expect(spoilt(waits("c3", "more", "waiting"))).toContain('I2: "more" is still shown as waiting when all is quiet');
    expect(spoilt(waits("c1", "hello", "failed"))).toContain('I2: "hello" is shown as failed, and was sent (seq 5)');
    const vanished = spoilt((evidence) => {
      also(evidence, "ana·1", {
        type: "wrote",
        clientId: "c3",
        roomId: "kitchen",
        body: "more",
        replyTo: null,
        threadRoot: null,
      });
    });
    expect(vanished).toEqual(['I2: "more" is neither sent nor shown as failed']);
  });

  test("what was refused every time, and is there", () => {
    const found = spoilt(({ journal }) => {
      for (const entry of journal)
        if (entry.type === "answered" && entry.op <= 2)
          Object.assign(entry, { outcome: "refused", reason: "ARCHIVED", row: null });
    });
    expect(found).toEqual(["I2: every attempt was refused (ARCHIVED), and it was sent"]);
  });
});

describe("I3, one order without holes for everybody:", () => {
  test("a number that nobody took, and one that was taken twice", () => {
    expect(spoilt(({ ledger }) => void ledger.taken.splice(5, 1))).toContain(
      "I3: where 6 should have been taken, 7 was",
    );
    expect(spoilt(({ ledger: { taken } }) => void (taken[6] && taken.push(taken[6])))).toContain(
      "I3: where 8 should have been taken, 7 was",
    );
  });

  test("a batch that skips what was committed late", () => {
    const found = spoilt(({ journal }) => {
      for (const entry of journal) if (entry.type === "batch" && entry.device === "ben·1") entry.rows.splice(0, 1);
    });
    expect(found).toEqual(["I3: ben·1 was given 4 to 9 without the number 6 (message m2)"]);
  });

  test("a gap, and a cursor that goes back", () => {
    expect(spoilt((evidence) => also(evidence, "ben·1", batch(11, 12, [], 9)))).toContain(
      "I3: ben·1 stood at 9 and was given a batch from 11",
    );
    expect(spoilt((evidence) => also(evidence, "ben·1", batch(3, 3, [], 3)))).toContain(
      "I3: ben·1 stood at 9, and then at 3",
    );
  });

  test("two readers who were given different rows under one number, or one row at two places", () => {
    const last = (row: ReturnType<typeof seen>) => (evidence: Evidence) => also(evidence, "ben·1", batch(9, 9, [row]));
    expect(spoilt(last(seen("m1", 8, 5)))).toEqual([]);
    expect(spoilt(last(seen("m1", 8, 5, { digest: "other" })))).toEqual([
      "I3: robin·1 and ben·1 were given different rows under the number 8",
    ]);
    expect(spoilt(last(seen("m1", 8, 7)))).toContain("I3: ben·1 saw a message at 7 that is at 5");
  });
});

describe("I4, every screen is the table:", () => {
  test.each([
    ["words", { body: "hullo" }, 'with body "hullo", not "hello"'],
    ["reactions", { reactions: [] }, 'with reactions [], not ["👍 ben"]'],
    ["an edit", { isEdited: true }, "with isEdited true, not false"],
    ["a deletion", { isDeleted: true }, "with isDeleted true, not false"],
    ["a thread's size", { replies: 2 }, "with replies 2, not 1"],
  ])("%s", (_, news, words) => {
    const found = spoilt((evidence) => void Object.assign(endOf(evidence, "ben·1").line, news));
    expect(found).toContain(`I4: ben·1 shows seq 5 ${words}`);
  });

  test("a message that is missing, or is not there, in the timeline and in a thread", () => {
    expect(spoilt((evidence) => void endOf(evidence, "ben·1").shown.lines.pop())).toContain(
      'I4: ben·1 does not show "hello" (seq 5, number 8)',
    );
    expect(
      spoilt(
        (evidence) => void endOf(evidence, "ben·1").shown.lines.push({ ...endOf(evidence, "ben·1").line, id: "m9" }),
      ),
    ).toContain('I4: ben·1 shows "hello" (seq 5), which is not there');
    expect(spoilt((evidence) => void endOf(evidence, "ben·1").shown.threads[0]?.lines.pop())).toEqual([
      'I4: ben·1 in a thread does not show "indeed" (seq 6, number 6)',
    ]);
  });

  test("a room that is not shown, a cursor that is behind, an end that is none", () => {
    expect(spoilt(({ devices }) => void (devices[1] && delete devices[1].rooms.kitchen))).toContain(
      "I4: ben·1 is a member of the room and does not show it",
    );
    expect(spoilt((evidence) => void Object.assign(endOf(evidence, "ben·1").shown, { version: 8 }))).toEqual([
      "I4: ben·1 stands at 8, the room at 9",
    ]);
    expect(spoilt((evidence) => void Object.assign(endOf(evidence, "ben·1").shown, { hasOlder: true }))).toEqual([
      "I4: ben·1 says that there is older than 0",
    ]);
  });
});

describe("I5 to I12:", () => {
  test("I5, counts that are not those of a recount", () => {
    const found = spoilt(({ devices }) => {
      Object.assign(devices[1]?.counts.kitchen ?? {}, { unread: 2 });
      if (devices[1]) devices[1].threads = {};
      if (devices[2]) devices[2].counts = { kitchen: { unread: 0, mentions: 0, lastReadSeq: 4, lastSeq: 5 } };
    });
    expect(found).toEqual([
      "I5: ben·1 shows 2 unread, 0 mentions, read up to 4 of 5 in a room; a recount says 1 unread, 0 mentions, read up to 4 of 5",
      "I5: ben·1 shows 0 unread replies in a thread; a recount says 1",
      "I5: robin·1 shows 0 unread, 0 mentions, read up to 4 of 5 in a room; a recount says that it is not theirs",
    ]);
  });

  test("I6, a reply before its parent, and a message that rises from the dead", () => {
    const orphan = spoilt(({ ledger }) => {
      Object.assign(ledger.messages[0] ?? {}, { seq: 7 });
    });
    expect(orphan).toContain("I6: ana·1 was given a reply (seq 6) before what it answers");
    const risen = spoilt((evidence) => {
      also(evidence, "ben·1", batch(4, 5, [seen("m1", 5, 5, { isDeleted: true, digest: "m1@5" })]), 3);
    });
    expect(risen).toContain("I6: a message was deleted at 5, and robin·1 was given it alive at 8");
  });

  test("I7, a room after one's removal: given, asked for, and kept on the screen", () => {
    const robin = "robin·1 was given a room up to the number 9, at which they were not in it";
    const given = (at: number) => (evidence: Evidence) => also(evidence, "robin·1", batch(8, at, []), 18);
    expect(spoilt(given(8))).toEqual([]);
    expect(spoilt(given(9))).toContain(`I7: ${robin}`);
    const page = spoilt((evidence) =>
      also(evidence, "robin·1", { type: "page", roomId: "kitchen", via: "open", version: 9, rows: [] }),
    );
    expect(page).toEqual([`I7: ${robin}`]);
    const kept = spoilt((evidence) => {
      if (evidence.devices[2]) evidence.devices[2].rooms = { kitchen: endOf(evidence, "ben·1").shown };
    });
    expect(kept).toEqual(["I7: robin·1 still shows a room that they are not in"]);
  });

  test("I7, but whoever is taken in again may be served by a node that has not heard of it", () => {
    const back = (at: number) => (evidence: Evidence) => {
      evidence.ledger.taken.push({ roomId: "kitchen", version: 10, type: "member", rowId: "robin", isOut: false, at });
      evidence.ledger.rooms = [{ id: "kitchen", version: 10 }];
      also(evidence, "robin·1", batch(8, 9, [], 8));
    };
    const i7 = (found: string[]) => found.filter((line) => line.startsWith("I7"));
    expect(i7(spoilt(back(299)))).toEqual([]);
    expect(i7(spoilt(back(301)))).toHaveLength(1);
  });

  test("I7, what was committed after a session had ended", () => {
    const ended = (by: number) => spoilt(({ ledger }) => void ledger.revoked.push({ session: "s2", by }));
    expect(ended(150)).toEqual([]);
    expect(ended(105)).toContain("I7: ben·1 was given the number 6, taken after their session had ended");
  });

  test("I8, a fresh page that shows something else", () => {
    const found = spoilt((evidence) => {
      endOf(evidence, "ben·1").shown.fresh = [{ ...endOf(evidence, "ben·1").line, body: "hullo" }];
    });
    expect(found).toEqual(['I8: ben·1, compared with a fresh page, shows seq 5 with body "hello", not "hullo"']);
  });

  test("I9, I10 and I11, memory and seats that stay, a device that never agrees, an error in a log", () => {
    const found = spoilt(({ nodes, devices, uncaught }) => {
      const held = { sockets: 4, socketsBehind: 1, seats: 3, inboxes: 3 };
      nodes[0] = { node: "node 0", errors: ["call.failed"], rssMegabytes: { before: 100, after: 400 }, held };
      if (devices[0]) devices[0].agreedAt = null;
      if (devices[1]) devices[1].agreedAt = 7_000;
      uncaught.push("Error: oh");
    });
    expect(found).toEqual([
      "I9: node 0 held 100 MB before, and 400 MB after",
      "I9: the nodes hold 4 sockets for 3",
      "I9: the nodes hold 1 socketsBehind for 0",
      "I9: the nodes hold 3 seats for 2",
      "I10: ana·1 never agreed with the tables; the bound is 5000 ms",
      "I10: ben·1 took 6000 ms to agree with the tables; the bound is 5000 ms",
      "I11: node 0 logged: call.failed",
      "I11: among the devices: Error: oh",
    ]);
  });

  test("I12, somebody who is called twice, and a message that is on one screen twice", () => {
    expect(spoilt(({ ledger }) => void Object.assign(ledger.mentions[0] ?? {}, { count: 2 }))).toEqual([
      "I12: one message calls one person 2 times",
    ]);
    const twice = spoilt((evidence) => {
      endOf(evidence, "ana·1").end.outbox.push({ clientId: "c1", roomId: "kitchen", body: "hello", state: "sent" });
    });
    expect(twice).toContain('I12: ana·1 shows "hello" twice: in its place and as waiting');
  });
});

test("a failure comes with the entries that it is about, and no others", () => {
  const evidence = goodEvidence();
  evidence.ledger.messages.splice(1, 1);
  const [lost] = check(evidence);
  const entries = lost ? shortestJournal(evidence, lost) : [];
  expect(entries.map(({ type }) => type)).toEqual(["wrote", "asked", "answered"]);

  const doubled = goodEvidence();
  doubled.ledger.messages.push({ ...sent(doubled), id: "m3", seq: 10, clientId: "c9" });
  const [twice] = check(doubled);
  const tries = twice ? shortestJournal(doubled, twice) : [];
  expect(tries.map(({ type }) => type)).toEqual(["wrote", "asked", "answered", "asked", "answered"]);
});
