import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { DomainError } from "../errors.ts";
import { ADDRESS_HEADER } from "./address.ts";
import { authSecret } from "./secret.ts";
import { endSession, openSession, SESSION_MAX_DAYS } from "./sessions.ts";
import { personByPassword } from "./sign-in.ts";

/**
 * next-auth, for its routes only: the one module that imports it, and only Next's side does (it is CommonJS, and
 * server.ts could not call its providers). It keeps sessions of credentials in a token; ours carries nothing but the
 * random `sid` of a row, and the row decides (auth/viewer.ts).
 */
export async function authOptions(): Promise<NextAuthOptions> {
  return {
    secret: await authSecret(),
    session: { strategy: "jwt", maxAge: SESSION_MAX_DAYS * 24 * 60 * 60 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      Credentials({
        credentials: { username: {}, password: {} },
        async authorize(given, request) {
          const address = String(request.headers?.[ADDRESS_HEADER] ?? "");
          const userAgent = String(request.headers?.["user-agent"] ?? "");
          const person = await refusalAsSentence(
            personByPassword(given?.username ?? "", given?.password ?? "", address),
          );
          return person && { id: person.id, sid: await openSession(person.id, { userAgent, address }) };
        },
      }),
    ],
    callbacks: {
      // At sign-in `user` is what authorize answered. Name, mail and picture stay out of the cookie.
      jwt: ({ token, user }) => ({ sid: (user as { sid?: string } | undefined)?.sid ?? token.sid }),
      // The session route says whether somebody is signed in, nothing more; the product asks tRPC.
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid === "string") await endSession(token.sid);
      },
    },
  };
}

/** next-auth hands an Error's message to the page, and nothing else: a sentence for people, or the plain "no". */
async function refusalAsSentence<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof DomainError
      ? new Error(error.message)
      : new Error("Something went wrong on the server. Try again.", { cause: error });
  }
}
