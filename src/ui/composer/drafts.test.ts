import { describe, expect, test } from "vitest";
import { Drafts, editDraft, threadDraft } from "./drafts.ts";

/** Here nothing can be stored, as in a browser that forbids it: drafts live as long as the page. e2e/writing.spec.ts has the rest. */
describe("what ana typed and did not send", () => {
  test("stays in its place", () => {
    const drafts = new Drafts("ana");
    drafts.set("lobby", "for everybody");
    drafts.set(threadDraft("lobby", "root"), "for the thread");
    expect(drafts.get("lobby")).toBe("for everybody");
    expect(drafts.get(threadDraft("lobby", "root"))).toBe("for the thread");
    expect(drafts.get("mast")).toBe("");
  });

  test("marks its room, also from a thread, until it is gone", () => {
    const drafts = new Drafts("ana");
    expect(drafts.has("lobby")).toBe(false);
    drafts.set(threadDraft("lobby", "root"), "for the thread");
    expect(drafts.has("lobby")).toBe(true);
    expect(drafts.has("mast")).toBe(false);
    drafts.set(threadDraft("lobby", "root"), "");
    expect(drafts.has("lobby")).toBe(false);
  });

  test("marks no room when it is blank, or the edit of what was sent", () => {
    const drafts = new Drafts("ana");
    drafts.set("lobby", " \n ");
    drafts.set(editDraft("message"), "better words");
    expect(drafts.has("lobby")).toBe(false);
  });

  test("tells who listens, and only when something changed", () => {
    const drafts = new Drafts("ana");
    let told = 0;
    const stop = drafts.subscribe(() => {
      told++;
    });
    drafts.set("lobby", "one");
    drafts.set("lobby", "one");
    stop();
    drafts.set("lobby", "two");
    expect(told).toBe(1);
  });
});
