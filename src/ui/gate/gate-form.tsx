"use client";

import CircleAlert from "lucide-react/icons/circle-alert";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { useHydrated } from "#ui/kit/hydrated.ts";
import { useFocusWrong } from "#ui/kit/use-focus-wrong.ts";

/** What was wrong, by field; `form` is about all of it. */
export type Wrong = { username?: string; displayName?: string; password?: string; form?: string };

type Props = {
  heading: ReactNode;
  /** Answers what was wrong, or null when the page is about to change. */
  onSubmit: (values: FormData) => Promise<Wrong | null>;
  button: string;
  fields: (wrong: Wrong) => ReactNode;
  children: ReactNode;
};

/** A form that waits for React, says what it is doing, and puts the cursor where something is wrong. */
export function GateForm({ heading, onSubmit, button, fields, children }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const isHydrated = useHydrated();
  const [isBusy, setIsBusy] = useState(false);
  const [wrong, setWrong] = useState<Wrong>({});

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsBusy(true);
    const found = await onSubmit(new FormData(event.currentTarget)).catch(
      (): Wrong => ({ form: "The server didn't answer. Try again." }),
    );
    if (!found) return;
    setWrong(found);
    setIsBusy(false);
  };
  // A name and password that don't match: the password is what one types again.
  useFocusWrong(form, wrong, "input[name=password]");

  return (
    <form ref={form} method="post" noValidate onSubmit={submit} aria-busy={isBusy}>
      {heading}
      {fields(wrong)}
      <p className="wrong-form" role="alert">
        {wrong.form && (
          <>
            <CircleAlert className="i" aria-hidden="true" />
            <span>{wrong.form}</span>
          </>
        )}
      </p>
      <button type="submit" className="button main tall" disabled={!isHydrated || isBusy}>
        {button}
      </button>
      {children}
    </form>
  );
}
