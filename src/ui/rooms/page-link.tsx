"use client";

import Link from "next/link";
import type { ComponentProps } from "react";
import { useConnection } from "#ui/trpc/connection-context.ts";
import { noteChoice, useGo } from "./use-go.ts";

type Props = Omit<ComponentProps<typeof Link>, "href" | "onNavigate"> & { href: string };

/** A link to a page that the server renders (`useGo`). */
export function PageLink({ href, ...rest }: Props) {
  const connection = useConnection();
  const go = useGo();
  return (
    <Link
      {...rest}
      href={href}
      onNavigate={(event) => {
        if (connection.isHeard) return void noteChoice();
        event.preventDefault();
        go(href);
      }}
    />
  );
}
