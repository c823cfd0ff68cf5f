"use client";

import { createContext, useContext, useSyncExternalStore } from "react";
import type { Connection } from "./connection.ts";
import type { LinkState, Trouble } from "./link-state.ts";

export const ConnectionContext = createContext<Connection | null>(null);

export function useConnection(): Connection {
  const connection = useContext(ConnectionContext);
  if (!connection) throw new Error("useConnection is called outside TrpcProvider");
  return connection;
}

export function useLinkState(): LinkState {
  const connection = useConnection();
  return useSyncExternalStore(connection.subscribe, connection.getState, () => "connecting");
}

export function useTrouble(): Trouble | null {
  const connection = useConnection();
  return useSyncExternalStore(connection.subscribe, connection.getTrouble, () => null);
}
