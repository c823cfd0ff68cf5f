import { expect, test } from "vitest";
import { Conversation } from "./conversation.ts";

const isSuspended = (conversation: Conversation) => conversation.getState().isReadingSuspended;

test("reading goes on when the server refuses to mark ben's message unread", () => {
  const conversation = new Conversation("lobby", null);
  const resume = conversation.suspendReading();
  expect(isSuspended(conversation)).toBe(true);
  resume();
  expect(isSuspended(conversation)).toBe(false);
});

test("reading that rested before goes on resting", () => {
  const conversation = new Conversation("lobby", null);
  conversation.suspendReading();
  conversation.suspendReading()();
  expect(isSuspended(conversation)).toBe(true);
});

test("the box takes the focus when ana begins to edit, and not when its row is drawn again", () => {
  const conversation = new Conversation("lobby", null);
  conversation.edit("m1");
  expect(conversation.getState().isEditNew).toBe(true);
  conversation.noteEditing();
  expect(conversation.getState()).toMatchObject({ editing: "m1", isEditNew: false });
  conversation.edit("m2");
  expect(conversation.getState().isEditNew).toBe(true);
});
