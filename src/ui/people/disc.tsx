import type { CSSProperties, ReactNode } from "react";
import type { Profile } from "#shared/people.ts";
import { hueOf, initialOf } from "./hue.ts";

export type FaceSize = "xl" | "m" | "s" | "xs";

type Props = {
  id: string;
  name: string;
  /** What they chose; null takes both from who they are. */
  avatar: Profile["avatar"] | null;
  size?: FaceSize;
  /** A presence dot, cut out of the disc. */
  children?: ReactNode;
};

/** A face, drawn: a hue and a letter or two. */
export function Disc({ id, name, avatar, size, children }: Props) {
  return (
    <span
      className={size ? `face ${size}` : "face"}
      style={{ "--hue": avatar?.hue ?? hueOf(id) } as CSSProperties}
      aria-hidden="true"
    >
      <span>{avatar?.initials ?? initialOf(name)}</span>
      {children}
    </span>
  );
}
