"use client";

import { type FormEvent, useRef, useState } from "react";
import { Password } from "#shared/people.ts";
import { PasswordField } from "#ui/gate/password-field.tsx";
import { useFocusWrong } from "#ui/kit/use-focus-wrong.ts";
import { sentenceOf } from "#ui/rooms/attempt.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { refusalOf } from "#ui/trpc/refusal.ts";

type Wrong = { current?: string; next?: string; form?: string };

/** Another password. Every other device is signed out by it, and it says so beforehand. */
export function PasswordForm() {
  const { viewer } = useChat();
  const client = useClient();
  const [wrong, setWrong] = useState<Wrong>({});
  const form = useRef<HTMLFormElement>(null);
  useFocusWrong(form, wrong);
  const [isDone, setIsDone] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const next = Password.safeParse(values.get("next"));
    setIsDone(false);
    if (!next.success) return setWrong({ next: next.error.issues[0]?.message ?? "" });
    try {
      await client.account.changePassword.mutate({ current: String(values.get("current")), next: next.data });
      setWrong({});
      setIsDone(true);
      form.current?.reset();
    } catch (error) {
      setWrong(wrongBy(error));
    }
  };
  return (
    <section>
      <h2 className="as-title">Password</h2>
      <p>Changing it signs out every other device.</p>
      <form ref={form} method="post" noValidate className="narrow" onSubmit={(event) => void submit(event)}>
        <input type="text" name="username" autoComplete="username" defaultValue={viewer.username} hidden readOnly />
        <PasswordField label="Current password" name="current" autoComplete="current-password" error={wrong.current} />
        <PasswordField label="New password" name="next" autoComplete="new-password" error={wrong.next} />
        <p className="saves">
          <button type="submit" className="button main">
            Change password
          </button>
          <small role="status" className={wrong.form ? "bad" : undefined}>
            {isDone ? "Changed. Your other devices are signed out." : wrong.form}
          </small>
        </p>
      </form>
    </section>
  );
}

/** Puts the server's sentence beside the field that it is about. */
function wrongBy(error: unknown): Wrong {
  const { reason } = refusalOf(error);
  if (reason === "WRONG_PASSWORD") return { current: sentenceOf(error) };
  return reason === "INVALID" ? { next: sentenceOf(error) } : { form: sentenceOf(error) };
}
