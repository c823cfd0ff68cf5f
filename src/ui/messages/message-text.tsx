import type { ReactNode } from "react";
import { Markdown } from "./markdown/markdown.tsx";

/** A body as it is read. `after` stands behind its last word. */
export function MessageText({ body, after }: { body: string; after?: ReactNode }) {
  return <Markdown body={body} after={after} />;
}
