"use client";

import Eye from "lucide-react/icons/eye";
import EyeOff from "lucide-react/icons/eye-off";
import { useState } from "react";
import { PASSWORD_MIN } from "#shared/limits.ts";
import { Field } from "#ui/kit/field.tsx";
import { useHydrated } from "#ui/kit/hydrated.ts";

/** What a good one is like. */
export const PASSWORD_HINT = `At least ${PASSWORD_MIN} characters. A few unrelated words are easy to keep and hard to guess.`;

/** A password, and a look at it: mistakes that nobody sees lock people out. */
export function PasswordField({
  autoComplete,
  error,
}: {
  autoComplete: "current-password" | "new-password";
  error: string | undefined;
}) {
  const [isShown, setIsShown] = useState(false);
  const isHydrated = useHydrated();
  const Sign = isShown ? EyeOff : Eye;
  const tool = (
    <button
      type="button"
      className="tool"
      aria-pressed={isShown}
      disabled={!isHydrated}
      onClick={() => setIsShown(!isShown)}
    >
      <Sign className="i" />
      <span className="sr">Show password</span>
    </button>
  );
  return (
    <Field
      label="Password"
      name="password"
      type={isShown ? "text" : "password"}
      autoComplete={autoComplete}
      autoCapitalize="none"
      spellCheck={false}
      required
      error={error}
      hint={autoComplete === "new-password" && PASSWORD_HINT}
      tool={tool}
    />
  );
}
