import type { ReactNode } from "react";
import { Mark } from "./mark.tsx";

/** A page, or a room's place, with nothing in it but a sentence and the next step. */
export function Calm({ title, children, isPage = false }: { title: string; children: ReactNode; isPage?: boolean }) {
  return (
    <main className={isPage ? "calm page" : "calm"}>
      <Mark as="echo in-room" />
      <h1>{title}</h1>
      {children}
    </main>
  );
}
