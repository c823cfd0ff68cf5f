"use client";

import Link from "next/link";
import { signIn } from "next-auth/react";
import { SignUp } from "#shared/people.ts";
import { Field } from "#ui/kit/field.tsx";
import { WRONG_ADDRESS } from "#ui/trpc/address.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { refusalOf } from "#ui/trpc/refusal.ts";
import { enter } from "./enter.ts";
import { GateForm, type Wrong } from "./gate-form.tsx";
import { signInPath } from "./next-path.ts";
import { PasswordField } from "./password-field.tsx";

type Props = { serverName: string; next: string; isFirst: boolean };

export function SignUpForm({ serverName, next, isFirst }: Props) {
  const client = useClient();
  const submit = async (values: FormData): Promise<Wrong | null> => {
    const read = SignUp.safeParse({
      username: values.get("username"),
      password: values.get("password"),
      ...(String(values.get("displayName")).trim() ? { displayName: values.get("displayName") } : {}),
    });
    if (!read.success) return wrongFields(read.error.issues);
    try {
      await client.account.signUp.mutate(read.data);
    } catch (error) {
      return wrongBy(error);
    }
    // The account is there: whatever went wrong with signing in, this form could now only say that the name is taken.
    const wrong = await enter(signIn, read.data, next).catch((): Wrong => ({}));
    if (wrong) location.assign(signInPath(next, "signed-up"));
    return null;
  };
  return (
    <GateForm
      heading={
        <>
          <h1>Join {serverName}</h1>
          <p>
            {isFirst ? "Nobody is here yet: yours is the account that runs this server." : "You'll start in the lobby."}
          </p>
        </>
      }
      onSubmit={submit}
      button="Create account"
      fields={(wrong) => (
        <>
          <Field
            label="Username"
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            error={wrong.username}
            hint="How others mention you: letters, digits, dots, dashes and underscores."
          />
          <Field label="Display name (optional)" name="displayName" autoComplete="name" error={wrong.displayName} />
          <PasswordField autoComplete="new-password" error={wrong.password} />
        </>
      )}
    >
      {!isFirst && (
        <p className="alt">
          Already have one? <Link href={signInPath(next)}>Sign in</Link>
        </p>
      )}
    </GateForm>
  );
}

/** The first thing wrong about each field. */
function wrongFields(issues: { path: PropertyKey[]; message: string }[]): Wrong {
  const wrong: Record<string, string> = {};
  for (const { path, message } of issues) wrong[String(path[0] ?? "form")] ??= message;
  return wrong;
}

/** Puts the server's sentence beside the field that it is about. */
function wrongBy(error: unknown): Wrong {
  const { reason, sentence } = refusalOf(error);
  if (reason === "FORBIDDEN") return { form: WRONG_ADDRESS };
  if (reason === "USERNAME_TAKEN") return { username: sentence };
  if (reason === "INVALID") return /password/i.test(sentence) ? { password: sentence } : { form: sentence };
  return { form: sentence || "The server didn't answer. Try again." };
}
