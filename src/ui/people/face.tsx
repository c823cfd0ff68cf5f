"use client";

import type { Person } from "#shared/people.ts";
import { usePerson } from "#ui/me/use-me.ts";
import { PresenceDot } from "#ui/presence/presence-dot.tsx";
import { Disc, type FaceSize } from "./disc.tsx";

type Props = { person: Person; size?: FaceSize; hasDot?: boolean };

/** Who it is, at a glance. The name stands beside it, so a screen reader does not hear it twice. */
export function Face({ person, size, hasDot = false }: Props) {
  const known = usePerson(person);
  return (
    <Disc id={known.id} name={known.name} avatar={"avatar" in known ? known.avatar : null} {...(size ? { size } : {})}>
      {hasDot && <PresenceDot userId={known.id} />}
    </Disc>
  );
}
