"use client";

import { createTRPCClient } from "@trpc/client";
import { type ReactNode, useEffect, useState } from "react";
import type { AppRouter } from "#server/api/router.ts";
import { leaveToSignIn } from "#ui/gate/leave.ts";
import { ClientContext } from "./client-context.ts";
import { Connection } from "./connection.ts";
import { ConnectionContext } from "./connection-context.ts";
import { httpOnly, liveLinks } from "./links.ts";

const isBrowser = typeof window !== "undefined";

/** The typed calls and the one connection, for everything below. */
export function TrpcProvider({ children }: { children: ReactNode }) {
  const [connection] = useState(() => new Connection());
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({ links: isBrowser ? liveLinks(connection) : httpOnly() }),
  );

  useEffect(() => {
    connection.onSessionEnded = () => {
      connection.end();
      leaveToSignIn();
    };
    return connection.start();
  }, [connection]);

  return (
    <ConnectionContext value={connection}>
      <ClientContext value={client}>{children}</ClientContext>
    </ConnectionContext>
  );
}
