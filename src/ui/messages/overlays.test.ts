import { describe, expect, test, vi } from "vitest";
import type { Message } from "#shared/messages.ts";
import { OverlayStore } from "./overlay-store.ts";
import { type Deed, withOverlays } from "./overlays.ts";

const ben = { id: "ben", username: "ben", name: "Ben Okafor" };
const row: Message = {
  ...{ id: "m1", roomId: "lobby", seq: 1, version: 1, clientId: "c1", kind: "text", body: "hello", author: ben },
  ...{ createdAt: "2026-11-20T10:00:00.000Z", editedAt: null, deletedAt: null, replyTo: null, threadRoot: null },
  ...{ pinned: null, reactions: [], thread: null },
};
const party: Deed = { kind: "reaction", emoji: "🎉", isOn: true };
const wave: Deed = { kind: "reaction", emoji: "🌊", isOn: true };

function deferred() {
  let [resolve, reject] = [() => {}, (_error: Error) => {}];
  const promise = new Promise<void>((yes, no) => {
    [resolve, reject] = [yes, no];
  });
  return { promise, resolve: () => resolve(), reject: (error: Error) => reject(error) };
}

/** A screen with one row on it, and calls that are answered when the test says so. */
function screen() {
  const rows = new Map([[row.id, row]]);
  const listeners = new Set<() => void>();
  const saved = new Set<string>();
  const tell = () => listeners.forEach((listener) => void listener());
  const store = new OverlayStore({
    viewerId: "ana",
    find: (_roomId, messageId) => rows.get(messageId),
    isSaved: (messageId) => saved.has(messageId),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  return {
    store,
    saved,
    tell,
    isWatching: () => listeners.size > 0,
    arrives: (news: Partial<Message>) => {
      rows.set(row.id, { ...(rows.get(row.id) as Message), ...news });
      tell();
    },
    does: (deed: Deed) => {
      const call = deferred();
      const done = store
        .perform("lobby", row.id, deed, () => call.promise)
        .then(
          () => "done",
          () => "refused",
        );
      return { ...call, done };
    },
    shown: () => withOverlays(rows.get(row.id) as Message, store.of(row.id), "ana"),
  };
}
const emoji = (message: Message) => message.reactions.map((reaction) => reaction.emoji).join("");

describe("what ana did a moment ago", () => {
  test("shows at once, and hands over to the row without a gap or a double", async () => {
    const { does, shown, arrives, store, isWatching } = screen();
    const call = does(party);
    expect(emoji(shown())).toBe("🎉");
    call.resolve();
    await call.done;
    expect(emoji(shown()), "answered, and the row is still on its way").toBe("🎉");
    arrives({ version: 2, reactions: [{ emoji: "🎉", userIds: ["ana"] }] });
    expect(shown().reactions).toEqual([{ emoji: "🎉", userIds: ["ana"] }]);
    expect([store.of(row.id), isWatching()]).toEqual([[], false]);
  });

  test("is taken back when it is refused, and nothing else with it", async () => {
    const { does, shown } = screen();
    const [first, second] = [does(party), does(wave)];
    const edit = does({ kind: "edit", body: "better" });
    first.reject(new Error("no"));
    expect(await first.done).toBe("refused");
    expect([emoji(shown()), shown().body]).toEqual(["🌊", "better"]);
    second.resolve();
    edit.resolve();
    await Promise.all([second.done, edit.done]);
    expect([emoji(shown()), shown().body]).toEqual(["🌊", "better"]);
  });

  test("may be done and undone faster than the server answers: the last word stays, and goes out last", async () => {
    const { store } = screen();
    const sent: boolean[] = [];
    const say = (isOn: boolean) => store.perform("lobby", row.id, { ...party, isOn }, async () => void sent.push(isOn));
    await Promise.all([say(true), say(false), say(true)]);
    expect(sent).toEqual([true, false, true]);
    expect(emoji(withOverlays(row, store.of(row.id), "ana"))).toBe("🎉");
  });

  test("a refusal of the first does not take back the second", async () => {
    const { does, shown } = screen();
    const first = does({ kind: "edit", body: "better" });
    const second = does({ kind: "edit", body: "best" });
    first.reject(new Error("no"));
    await first.done;
    expect(shown().body).toBe("best");
    second.resolve();
    await second.done;
    expect(shown().body).toBe("best");
  });

  test("gives way to what somebody did after it", async () => {
    const { does, shown, arrives } = screen();
    const call = does({ kind: "pin", isOn: true });
    call.resolve();
    await call.done;
    arrives({ version: 3, pinned: null });
    expect(shown().pinned).toBe(null);
  });

  test("does not stay for ever when the row never shows it", async () => {
    vi.useFakeTimers();
    const { does, shown } = screen();
    const call = does({ kind: "pin", isOn: true });
    call.resolve();
    await call.done;
    expect(shown().pinned).not.toBe(null);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(shown().pinned).toBe(null);
    vi.useRealTimers();
  });

  test("what she saved is saved until the list of saved ones says so itself", async () => {
    const { does, store, saved, tell } = screen();
    const call = does({ kind: "save", isOn: true });
    call.resolve();
    await call.done;
    expect(store.of(row.id)).toHaveLength(1);
    saved.add(row.id);
    tell();
    expect(store.of(row.id)).toHaveLength(0);
  });

  test("a deleted message loses its words and its reactions, not its place", () => {
    const { does, shown, arrives } = screen();
    arrives({ version: 2, reactions: [{ emoji: "🎉", userIds: ["ben"] }] });
    does({ kind: "delete" });
    expect(shown()).toMatchObject({ seq: 1, body: "", reactions: [] });
    expect(shown().deletedAt).not.toBe(null);
  });
});
