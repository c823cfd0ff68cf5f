/** What the connection wants to know of every socket that the client opens. */
export type SocketEvents = {
  onOpen(socket: WebSocket): void;
  /** Something came over it. */
  onHeard(): void;
  onClose(socket: WebSocket, code: number, hadOpened: boolean): void;
};

const OPEN_WITHIN_MS = 10_000;

/**
 * A WebSocket class whose `close` is heard at once. A browser waits for the other end to agree before it says "close",
 * and when the network is what failed that can take a minute in which nobody reconnects. Made on demand: there is no
 * WebSocket on the server.
 */
export function trackedSocket(events: SocketEvents): typeof WebSocket {
  return class TrackedSocket extends WebSocket {
    private hadOpened = false;
    private isClosed = false;

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      // A first packet that is lost would otherwise be waited for as long as the system likes.
      const tooLong = setTimeout(() => super.close(), OPEN_WITHIN_MS);
      this.addEventListener("open", () => {
        clearTimeout(tooLong);
        this.hadOpened = true;
        events.onOpen(this);
      });
      this.addEventListener("message", () => events.onHeard());
      this.addEventListener("close", (event) => {
        // The browser's own word, after ours: everybody has been told.
        if (this.isClosed) return event.stopImmediatePropagation();
        clearTimeout(tooLong);
        this.isClosed = true;
        events.onClose(this, event.code, this.hadOpened);
      });
    }

    override close(code?: number, reason?: string): void {
      super.close(code, reason);
      // A socket that is still connecting fails by itself, with an "error" that the client waits for.
      if (this.hadOpened)
        queueMicrotask(() => this.isClosed || this.dispatchEvent(new CloseEvent("close", { code: 1006 })));
    }
  };
}
