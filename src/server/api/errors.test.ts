import { TRPCError } from "@trpc/server";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { DomainError } from "#server/errors.ts";
import { ERROR_CODES } from "#shared/errors.ts";
import { asTRPCError, dataOf, refusalOf, TRANSPORT } from "./errors.ts";

describe("whatever is thrown", () => {
  test.each(ERROR_CODES)("%s has a name in transport, and keeps its own beside it", (code) => {
    expect(Object.keys(TRANSPORT)).toContain(code);
    const error = asTRPCError(new DomainError(code, "A sentence.", { retryAfterMs: 5 }));
    expect(error).toMatchObject({ code: TRANSPORT[code], message: "A sentence." });
    expect(dataOf(refusalOf(error))).toEqual({ reason: code, retryAfterMs: 5 });
  });

  test("no name in transport is left over", () => {
    expect(Object.keys(TRANSPORT).sort()).toEqual([...ERROR_CODES].sort());
  });

  test.each([
    ["a fault of ours", new Error("relation secret does not exist"), "INTERNAL"],
    ["something that is no error", "secret", "INTERNAL"],
    ["nothing", undefined, "INTERNAL"],
    [
      "a fault within tRPC's own",
      new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "secret", cause: new Error("secret") }),
      "INTERNAL",
    ],
    [
      "JSON that does not parse",
      new TRPCError({ code: "PARSE_ERROR", message: "secret", cause: new SyntaxError("secret") }),
      "INVALID",
    ],
    ["a lost connection", Object.assign(new Error("secret"), { code: "ECONNRESET" }), "UNAVAILABLE"],
    [
      "a lost connection, wrapped twice",
      new TRPCError({
        code: "INTERNAL_SERVER_ERROR",
        cause: new Error("x", { cause: Object.assign(new Error("secret"), { code: "57P01" }) }),
      }),
      "UNAVAILABLE",
    ],
    ["a schema's refusal", new TRPCError({ code: "BAD_REQUEST", cause: z.string().safeParse(5).error }), "INVALID"],
    [
      "an unknown procedure",
      new TRPCError({ code: "NOT_FOUND", message: 'No procedure on path "secret"' }),
      "NOT_FOUND",
    ],
  ])("%s is a code and a sentence, and tells no secret", (_, thrown, reason) => {
    const refusal = refusalOf(thrown);
    expect(refusal.code).toBe(reason);
    expect(refusal.message).toMatch(/^[A-Z].*\.$/);
    expect(refusal.message).not.toContain("secret");
  });

  test("the sentence of our own schema is kept", () => {
    const { error } = z.string("That is not a name.").safeParse(5);
    expect(refusalOf(error).message).toBe("That is not a name.");
  });
});
