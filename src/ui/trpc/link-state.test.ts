import { describe, expect, test } from "vitest";
import { linkState } from "./link-state.ts";

const well = { isOnline: true, hasSocket: true, trouble: null, isCaughtUp: true, listening: "live" } as const;

describe("what ana is told about her connection", () => {
  test("live means live in every respect", () => expect(linkState(well)).toBe("live"));

  test("offline wins over everything", () => {
    expect(linkState({ ...well, isOnline: false, hasSocket: false, listening: "polling" })).toBe("offline");
  });

  test("a socket that is not open is being opened", () =>
    expect(linkState({ ...well, hasSocket: false })).toBe("connecting"));

  test("an open socket is not live before the room on screen has spoken", () => {
    expect(linkState({ ...well, isCaughtUp: false, listening: "polling" })).toBe("catching-up");
  });

  test("a node that cannot listen says so", () => {
    expect(linkState({ ...well, listening: "polling" })).toBe("polling");
    expect(linkState({ ...well, listening: "catching-up" })).toBe("catching-up");
  });

  test("a server without its database has nothing live to show, also before its listener has noticed", () => {
    expect(linkState({ ...well, trouble: "database" })).toBe("polling");
    expect(linkState({ ...well, trouble: "database", isCaughtUp: false })).toBe("polling");
    expect(linkState({ ...well, trouble: "database", hasSocket: false })).toBe("connecting");
  });
});
