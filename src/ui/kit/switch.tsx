"use client";

import { type ReactNode, useId } from "react";

type Props = {
  label: ReactNode;
  hint?: ReactNode;
  isOn: boolean;
  onTurn: (isOn: boolean) => void;
  isDisabled?: boolean;
};

/** On or off, at once: what a switch does needs no button to save it. */
export function Switch({ label, hint, isOn, onTurn, isDisabled = false }: Props) {
  const id = useId();
  return (
    <div className="switch-row">
      <label htmlFor={id}>
        <b>{label}</b>
        {hint && <small id={`${id}-hint`}>{hint}</small>}
      </label>
      <input
        id={id}
        type="checkbox"
        role="switch"
        className="switch"
        checked={isOn}
        aria-checked={isOn}
        disabled={isDisabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onTurn(event.target.checked)}
      />
    </div>
  );
}
