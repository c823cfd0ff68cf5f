import { FindPeople, PersonInput } from "#shared/people.ts";
import { findPeople, profileOf } from "../domain/people.ts";
import { doing, router, signedIn } from "./trpc.ts";

export const person = router({
  /** People whom I share a room with, by the beginning of a name. */
  find: doing("person.find")
    .input(FindPeople)
    .query(({ ctx, input }) => findPeople(ctx.viewer.userId, input)),

  /** Somebody whom I share a room with. NOT_FOUND. */
  get: signedIn.input(PersonInput).query(({ ctx, input }) => profileOf(ctx.viewer.userId, input.userId)),
});
