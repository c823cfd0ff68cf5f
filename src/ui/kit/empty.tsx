import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

type Props = { title: string; icon?: LucideIcon; children: ReactNode; action?: ReactNode };

/** A list with nothing in it: what would be here, and what to do next. */
export function Empty({ title, icon: Icon, children, action }: Props) {
  return (
    <div className="empty">
      {Icon && <Icon className="i l" />}
      <b>{title}</b>
      <p>{children}</p>
      {action}
    </div>
  );
}
