"use client";

import CircleAlert from "lucide-react/icons/circle-alert";
import { type ComponentProps, type ReactNode, useId } from "react";

type Props = ComponentProps<"input"> & { label: string; error: string | undefined; tool?: ReactNode };

/** A labelled box to type into, with what is wrong about it right below. */
export function Field({ label, error, tool, ...input }: Props) {
  const id = useId();
  const box = (
    <input
      {...input}
      id={id}
      aria-invalid={error ? true : undefined}
      aria-describedby={error ? `${id}-error` : undefined}
    />
  );
  return (
    <div className={error ? "field wrong" : "field"}>
      <label htmlFor={id}>{label}</label>
      {tool ? (
        <span className="with">
          {box}
          {tool}
        </span>
      ) : (
        box
      )}
      {error && (
        <small id={`${id}-error`}>
          <CircleAlert className="i" aria-hidden="true" />
          <span>{error}</span>
        </small>
      )}
    </div>
  );
}
