"use client";

import Link from "next/link";
import { signIn } from "next-auth/react";
import { Field } from "#ui/kit/field.tsx";
import { isAddressRefused, WRONG_ADDRESS } from "#ui/trpc/address.ts";
import { enter } from "./enter.ts";
import { GateForm, type Wrong } from "./gate-form.tsx";
import { type AfterWhat, signUpPath } from "./next-path.ts";
import { PasswordField } from "./password-field.tsx";

type Props = { serverName: string; next: string; canSignUp: boolean; after: AfterWhat | null };

const GREETINGS: Record<AfterWhat, string> = {
  "signed-up": "Your account is there. Sign in to go on.",
  ended: "You were signed out here. What waits to be sent is still on this device.",
};

export function SignInForm({ serverName, next, canSignUp, after }: Props) {
  const submit = async (values: FormData): Promise<Wrong | null> => {
    const username = String(values.get("username"));
    const password = String(values.get("password"));
    if (!username.trim()) return { username: "Type your username." };
    if (!password) return { password: "Type your password." };
    // Over an address that the owner did not name, signing in would end where nothing is live, or lead back to here.
    if (await isAddressRefused()) return { form: WRONG_ADDRESS };
    return enter(signIn, { username, password }, next);
  };
  return (
    <GateForm
      heading={
        <>
          <h1>Sign in to {serverName}</h1>
          {after && <p>{GREETINGS[after]}</p>}
        </>
      }
      onSubmit={submit}
      button="Sign in"
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
          />
          <PasswordField autoComplete="current-password" error={wrong.password} />
        </>
      )}
    >
      {canSignUp && (
        <p className="alt">
          New here? <Link href={signUpPath(next)}>Create an account</Link>
        </p>
      )}
    </GateForm>
  );
}
