"use client";

import Eye from "lucide-react/icons/eye";
import EyeOff from "lucide-react/icons/eye-off";
import { useState } from "react";
import { Field } from "#ui/kit/field.tsx";
import { useHydrated } from "#ui/kit/hydrated.ts";
import { PASSWORD_HINT } from "./password-hint.ts";

type Props = {
  label?: string;
  name?: string;
  autoComplete: "current-password" | "new-password";
  error: string | undefined;
};

/** A password, and a look at it: mistakes that nobody sees lock people out. */
export function PasswordField({ label = "Password", name = "password", autoComplete, error }: Props) {
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
      label={label}
      name={name}
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
