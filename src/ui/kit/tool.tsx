"use client";

import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";

type Props = Omit<ComponentProps<"button">, "children" | "aria-label" | "type"> & {
  label: string;
  icon: LucideIcon;
  /** The key that does the same, shown in the tip. */
  keys?: string;
  isLarge?: boolean;
};

/** A button that is an icon; its name is read, and shown on hover. */
export function Tool({ label, icon: Icon, keys, isLarge = false, className = "", ...rest }: Props) {
  return (
    <button
      {...rest}
      type="button"
      className={className ? `tool ${className}` : "tool"}
      aria-label={label}
      data-tip={label}
      data-tip-keys={keys}
    >
      <Icon className={isLarge ? "i l" : "i"} />
    </button>
  );
}
