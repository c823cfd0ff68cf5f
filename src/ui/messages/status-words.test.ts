import { describe, expect, test } from "vitest";
import { type Situation, statusWords } from "./status-words.ts";

const well: Situation = { state: "live", trouble: null, pause: { until: 0, isBusy: false }, pauseSeconds: 0 };

describe("the line above the composer", () => {
  test("is empty while all is well", () => expect(statusWords(well)).toBe(""));

  test("never claims to check once a second while there is no database to check", () => {
    expect(statusWords({ ...well, state: "polling" })).toMatch(/once a second/);
    for (const state of ["live", "polling", "catching-up", "connecting"] as const)
      expect(statusWords({ ...well, state, trouble: "database" })).toBe(
        "The server can't reach its database. Messages wait here and go out in order.",
      );
  });

  test("says whom to ask when the page's address is not the server's", () => {
    expect(statusWords({ ...well, state: "connecting", trouble: "address" })).toMatch(/APP_ORIGIN/);
  });

  test("does not say that messages wait when only the socket is refused", () => {
    expect(statusWords({ ...well, state: "connecting", trouble: "sockets" })).toBe(
      "Live updates are unavailable. Messages still go out.",
    );
  });

  test("tells a busy server from a person who types quickly", () => {
    const paused = { ...well, pauseSeconds: 3 };
    expect(statusWords({ ...paused, pause: { until: 1, isBusy: true } })).toBe(
      "The server is busy. Next one in 3\u00a0s.",
    );
    expect(statusWords(paused)).toMatch(/^You're sending quickly\./);
  });

  test("offline wins: the browser knows that best", () => {
    expect(statusWords({ ...well, state: "offline", trouble: "database", pauseSeconds: 3 })).toMatch(/^You're offline/);
  });
});
