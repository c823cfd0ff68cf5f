import { expect, test } from "vitest";
import { confirm, question } from "./confirm-store.ts";

const REMOVE = { title: "Remove Dana from #on-air?", body: "What Dana wrote stays.", action: "Remove" };

test("what ana answers is what the asker hears, and the question is gone", async () => {
  const answer = confirm(REMOVE);
  expect(question.get()?.title).toBe(REMOVE.title);
  question.get()?.answer(true);
  expect(await answer).toBe(true);
  expect(question.get()).toBeNull();
});

test("a question that another one pushes aside was not agreed to", async () => {
  const first = confirm(REMOVE);
  const second = confirm({ ...REMOVE, title: "Delete this message?" });
  expect(await first).toBe(false);
  expect(question.get()?.title).toBe("Delete this message?");
  question.get()?.answer(true);
  expect(await second).toBe(true);
});
