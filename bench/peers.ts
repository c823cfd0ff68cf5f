/** The servers that run side by side, each a process of its own: bench/servers/<name>.ts. */
export const SERVERS = [
  "ours",
  "ws",
  "trpc",
  "trpc-superjson",
  "naive-notify",
  "socketio",
  "socketio-redis",
  "socketio-postgres",
] as const;
export type ServerName = (typeof SERVERS)[number];

/** What a column of the table is: `ws-bundled` is the ws loop, told to put all changes of a tick into one frame. */
export type Peer = ServerName | "ws-bundled";
export const serverOf = (peer: Peer): ServerName => (peer === "ws-bundled" ? "ws" : peer);

/** Peers that need a program which a machine may lack. */
export const needsRedis = (peer: Peer): boolean => peer === "socketio-redis";
