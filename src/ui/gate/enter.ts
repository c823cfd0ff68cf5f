import type { signIn as NextAuthSignIn } from "next-auth/react";
import type { Wrong } from "./gate-form.tsx";

/** Signs in and goes on; a full load, so that everything begins with the new session. Answers what was wrong otherwise. */
export async function enter(
  signIn: typeof NextAuthSignIn,
  person: { username: string; password: string },
  next: string,
): Promise<Wrong | null> {
  const answer = await signIn("credentials", { ...person, redirect: false });
  if (!answer) return { form: "The server didn't answer. Try again." };
  if (answer.error)
    return { form: answer.error === "CredentialsSignin" ? "That name and password don't match." : answer.error };
  location.assign(next);
  return null;
}
