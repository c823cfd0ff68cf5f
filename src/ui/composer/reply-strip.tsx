"use client";

import CornerUpLeft from "lucide-react/icons/corner-up-left";
import X from "lucide-react/icons/x";
import type { ReactNode } from "react";
import { Tool } from "#ui/kit/tool.tsx";

/** What is being answered, over the field. */
export function ReplyStrip({ onCancel, children }: { onCancel: (() => void) | undefined; children: ReactNode }) {
  return (
    <div className="replying">
      <CornerUpLeft className="i" />
      <div className="label">{children}</div>
      {onCancel && <Tool label="Cancel reply" keys="Esc" icon={X} onClick={onCancel} />}
    </div>
  );
}
