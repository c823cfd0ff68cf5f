"use client";

import CircleAlert from "lucide-react/icons/circle-alert";
import { type ComponentProps, type ReactNode, useId } from "react";

type Common = {
  label: string;
  error: string | undefined;
  /** What helps before something is wrong. */
  hint?: ReactNode;
};
type Props = ComponentProps<"input"> & Common & { tool?: ReactNode };

/** A labelled box to type into, with what is wrong about it right below. */
export function Field({ label, error, hint, tool, ...input }: Props) {
  const id = useId();
  const box = <input {...input} id={id} {...described(id, error, hint)} />;
  return (
    <Labelled id={id} label={label} error={error} hint={hint}>
      {tool ? (
        <span className="with">
          {box}
          {tool}
        </span>
      ) : (
        box
      )}
    </Labelled>
  );
}

/** The same for more than a line. It grows with its words. */
export function LongField({ label, error, hint, ...area }: ComponentProps<"textarea"> & Common) {
  const id = useId();
  return (
    <Labelled id={id} label={label} error={error} hint={hint}>
      <textarea {...area} id={id} {...described(id, error, hint)} />
    </Labelled>
  );
}

function Labelled({ id, label, error, hint, children }: Common & { id: string; children: ReactNode }) {
  return (
    <div className={error ? "field wrong" : "field"}>
      <label htmlFor={id}>{label}</label>
      {children}
      {error && (
        <small id={`${id}-error`}>
          <CircleAlert className="i" aria-hidden="true" />
          <span>{error}</span>
        </small>
      )}
      {hint && !error && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

function described(id: string, error: string | undefined, hint: ReactNode) {
  const by = error ? `${id}-error` : hint ? `${id}-hint` : undefined;
  return { "aria-invalid": error ? true : undefined, "aria-describedby": by };
}
