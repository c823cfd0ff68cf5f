import type { ReactNode } from "react";
import { Mark } from "#ui/kit/mark.tsx";

/** The calm page around sign-in and sign-up. */
export function Gate({ serverName, children }: { serverName: string; children: ReactNode }) {
  return (
    <div className="gate">
      <main>
        <p className="brand">
          <Mark />
          Earshot
        </p>
        {children}
        <footer>Nothing that is written on {serverName} leaves its server.</footer>
      </main>
      <aside aria-hidden="true">
        <Mark as="echo at-gate" />
      </aside>
    </div>
  );
}
