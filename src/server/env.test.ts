import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Environment, EnvironmentError, readEnv } from "./env.ts";

const complaint = (given: Record<string, string>): string => {
  try {
    readEnv(given);
  } catch (error) {
    expect(error).toBeInstanceOf(EnvironmentError);
    return (error as Error).message;
  }
  return "it was found usable";
};

describe("the environment", () => {
  test("needs nothing: every variable has a default that works", () => {
    expect(readEnv({})).toMatchObject({
      NODE_ENV: "production",
      PORT: 3000,
      SIGN_UP: "open",
      MESSAGE_MAX_LENGTH: 4000,
      TRUST_PROXY: false,
      origins: ["http://localhost:3000", "http://127.0.0.1:3000"],
    });
  });

  test("takes an empty value for none, as compose files write it", () => {
    expect(readEnv({ DATABASE_URL: "", PORT: "", AUTH_SECRET: "", APP_ORIGIN: "" })).toEqual(readEnv({}));
  });

  test.each([
    ["PORT", "three"],
    ["PORT", "70000"],
    ["PORT", "-1"],
    ["PORT", "30.5"],
    ["NODE_ENV", "prod"],
    ["DATABASE_URL", "mysql://localhost/chat"],
    ["DATABASE_URL", "localhost"],
    ["DATABASE_POOL", "0"],
    ["EARSHOT_WORKERS", "0"],
    ["EARSHOT_WORKERS", "-1"],
    ["EARSHOT_WORKERS", "1.5"],
    ["EARSHOT_WORKERS", "many"],
    ["EARSHOT_WORKERS", "65"],
    ["APP_ORIGIN", "chat.example.org"],
    ["APP_ORIGIN", "https://a.example,ftp://b.example"],
    ["AUTH_SECRET", "short"],
    ["TRUST_PROXY", "perhaps"],
    ["SERVER_NAME", "   "],
    ["SERVER_NAME", "x".repeat(41)],
    ["SIGN_UP", "maybe"],
    ["MESSAGE_MAX_LENGTH", "-5"],
    ["RATE_MESSAGES_PER_MINUTE", "lots"],
    ["RATE_SIGN_INS_PER_NAME", "0"],
    ["RATE_SIGN_INS_PER_ADDRESS", "1.5"],
    ["RATE_SIGN_UPS_PER_ADDRESS", "NaN"],
    ["SOCKETS_PER_PERSON", "Infinity"],
    ["SOCKETS_PER_ADDRESS", "0"],
    ["LOG_LEVEL", "loud"],
  ])("is refused with %s=%s, in one line that names it", (name, value) => {
    const line = complaint({ [name]: value });
    expect(line).toMatch(new RegExp(`^The environment is not usable\\. ${name}(\\.\\d+)?: .+`));
    expect(line).not.toContain("\n");
  });

  test("takes one to 64 workers, and says so of any other number", () => {
    expect(readEnv({}).EARSHOT_WORKERS).toBe(1);
    expect(readEnv({ EARSHOT_WORKERS: "64" }).EARSHOT_WORKERS).toBe(64);
    for (const refused of ["0", "-1", "1.5", "many", "65"]) {
      const line = complaint({ EARSHOT_WORKERS: refused });
      expect(line).toBe("The environment is not usable. EARSHOT_WORKERS: must be a whole number from 1 to 64");
    }
  });

  test("names everything that is wrong at once", () => {
    const line = complaint({ PORT: "x", SIGN_UP: "y", AUTH_SECRET: "z" });
    for (const name of ["PORT:", "SIGN_UP:", "AUTH_SECRET:"]) expect(line).toContain(name);
  });

  test("never repeats a secret or a password in its complaint", () => {
    expect(complaint({ AUTH_SECRET: "hunter2", DATABASE_URL: "mysql://u:hunter2@h/d" })).not.toContain("hunter2");
  });

  test("knows origins exactly: without a path, without a slash, several in a list", () => {
    expect(readEnv({ APP_ORIGIN: "https://chat.example.org/, http://10.0.0.5:8080/x" }).origins).toEqual([
      "https://chat.example.org",
      "http://10.0.0.5:8080",
    ]);
    expect(readEnv({ PORT: "8080" }).origins).toEqual(["http://localhost:8080", "http://127.0.0.1:8080"]);
  });

  test("is listed in .env.example, every variable and no other", () => {
    const example = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");
    const listed = [...example.matchAll(/^#?\s?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual(Object.keys(Environment.in.shape).sort());
  });

  test("cannot be changed once it is read", () => {
    expect(Object.isFrozen(readEnv({}))).toBe(true);
  });
});
