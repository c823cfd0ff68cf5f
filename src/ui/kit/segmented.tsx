"use client";

import { type ReactNode, useId } from "react";

type Choice<T extends string> = { value: T; label: ReactNode };
type Props<T extends string> = {
  label: string;
  choices: readonly Choice<T>[];
  value: T;
  onChoose: (value: T) => void;
  /** The label is read and not shown, where a heading says it already. */
  isLabelHidden?: boolean;
};

/** One of a few, all of them in sight. Radio buttons underneath, so arrows and screen readers work as they know them. */
export function Segmented<T extends string>({ label, choices, value, onChoose, isLabelHidden = false }: Props<T>) {
  const name = useId();
  return (
    <fieldset className="segmented">
      <legend className={isLabelHidden ? "sr" : undefined}>{label}</legend>
      <div>
        {choices.map((choice) => (
          <label key={choice.value}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChoose(choice.value)}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
