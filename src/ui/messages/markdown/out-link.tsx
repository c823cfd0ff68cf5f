import type { ReactNode } from "react";
import type { Inline } from "#shared/markdown/ast.ts";
import { useHydrated } from "#ui/kit/hydrated.ts";
import { roomIdIn } from "#ui/rooms/room-address.ts";
import { HereLink } from "#ui/rooms/room-link.tsx";

/**
 * A link: out of here in a tab of its own, to a room or a message of this server in place. Words that are not the address
 * themselves say on hover where they lead.
 */
export function OutLink({ href, words, children }: { href: string; words: readonly Inline[]; children: ReactNode }) {
  const [only] = words;
  const isHydrated = useHydrated();
  const path = isHydrated ? pathHere(href) : null;
  const isAddress = words.length === 1 && only?.type === "text" && href.endsWith(only.text);
  if (path) return <HereLink path={path}>{children}</HereLink>;
  return (
    <a href={href} title={isAddress ? undefined : href} target="_blank" rel="noopener noreferrer nofollow ugc">
      {children}
    </a>
  );
}

/** The path of a room or a message of this server; null for every address that leads elsewhere. */
function pathHere(href: string): string | null {
  if (!URL.canParse(href)) return null;
  const { origin, pathname, search } = new URL(href);
  return origin === location.origin && roomIdIn(pathname) ? pathname + search : null;
}
