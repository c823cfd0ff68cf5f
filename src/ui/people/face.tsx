import type { CSSProperties } from "react";
import type { Person } from "#shared/people.ts";
import { hueOf, initialOf } from "./hue.ts";

/** Who it is, at a glance. The name stands beside it, so a screen reader does not hear it twice. */
export function Face({ person, size }: { person: Person; size?: "m" | "s" }) {
  return (
    <span
      className={size ? `face ${size}` : "face"}
      style={{ "--hue": hueOf(person.id) } as CSSProperties}
      aria-hidden="true"
    >
      <span>{initialOf(person.name)}</span>
    </span>
  );
}
