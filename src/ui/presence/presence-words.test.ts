import { expect, test } from "vitest";
import { presenceSentence } from "./presence-words.ts";

const clock = { zone: "UTC", today: "2026-11-20" };

test("whoever is here or away is said to be so, whenever they were last seen", () => {
  expect(presenceSentence("online", "2026-11-20T10:00:00.000Z", clock)).toBe("Here now");
  expect(presenceSentence("away", null, clock)).toBe("Away");
});

test("whoever is gone was last seen at a time", () => {
  expect(presenceSentence("offline", "2026-11-20T14:05:00.000Z", clock)).toBe("Last seen today at 14:05");
  expect(presenceSentence("offline", "2026-11-19T14:05:00.000Z", clock)).toBe("Last seen yesterday at 14:05");
  expect(presenceSentence("offline", "2026-10-03T09:00:00.000Z", clock)).toBe("Last seen on 3 October at 09:00");
  expect(presenceSentence("offline", null, clock)).toBe("Offline");
});
