/** How the tabs of one person share an outbox: one sends at a time, and all hear of what changed. */
export type OutboxTabs = {
  /** Runs `work` while no other tab sends in that room. */
  alone(roomId: string, work: () => Promise<void>): Promise<void>;
  announce(): void;
  /** Calls back when another tab announced something; returns the way to stop. */
  listen(onChange: () => void): () => void;
};

export function outboxTabs(userId: string): OutboxTabs {
  const name = `earshot-outbox-${userId}`;
  // Opened in the browser only, while somebody listens: an open channel keeps a server process alive.
  let channel: BroadcastChannel | null = null;
  return {
    alone: async (roomId, work) => {
      // Browsers keep locks from pages on plain http. Two tabs may then send the same message: the server knows it by its clientId.
      if (navigator.locks) await navigator.locks.request(`${name}-${roomId}`, work);
      else await work();
    },
    announce: () => channel?.postMessage("changed"),
    listen: (onChange) => {
      channel = new BroadcastChannel(name);
      channel.addEventListener("message", onChange);
      return () => channel?.close();
    },
  };
}
