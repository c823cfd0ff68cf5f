import { WebSocket } from "ws";
import { OUR_ORIGIN } from "#test/stage.ts";

/** What a browser would send by itself: the cookie, by the port that the device's link listens at. */
export const cookies = new Map<number, string>();

const open = new Map<number, Set<WebSocket>>();

class CloseEvent extends Event {
  readonly code: number;
  readonly reason: string;

  constructor(type: string, { code = 1005, reason = "" }: { code?: number; reason?: string } = {}) {
    super(type);
    this.code = code;
    this.reason = reason;
  }
}

/** A browser's WebSocket over the library's: an EventTarget, whose events come one after another and may be dispatched by hand. */
class BrowserSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;
  binaryType = "blob";
  readonly #socket: WebSocket;

  constructor(url: string | URL) {
    super();
    const port = Number(new URL(url).port);
    this.#socket = new WebSocket(url, { headers: { cookie: cookies.get(port) ?? "" }, origin: OUR_ORIGIN });
    const sockets = open.get(port) ?? new Set();
    open.set(port, sockets.add(this.#socket));
    this.#socket.on("open", () => this.dispatchEvent(new Event("open")));
    this.#socket.on("message", (data) => this.dispatchEvent(new MessageEvent("message", { data: String(data) })));
    this.#socket.on("error", () => this.dispatchEvent(new Event("error")));
    this.#socket.on("close", (code, reason) => {
      sockets.delete(this.#socket);
      this.dispatchEvent(new CloseEvent("close", { code, reason: String(reason) }));
    });
  }

  get readyState(): number {
    return this.#socket.readyState;
  }

  send(data: string): void {
    this.#socket.send(data);
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
  }
}

/** What the product's client reaches for outside itself. Answers how to take it back. */
export function actAsBrowser(): () => void {
  const names = ["WebSocket", "CloseEvent", "document"] as const;
  const before = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  const document = { documentElement: { dataset: {} } };
  for (const [name, value] of Object.entries({ WebSocket: BrowserSocket, CloseEvent, document }))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  return () => {
    for (const [name, property] of before) {
      if (property) Object.defineProperty(globalThis, name, property);
      else Reflect.deleteProperty(globalThis, name);
    }
  };
}

/** A tab that is closed says no goodbye. */
export function dropSockets(port: number): void {
  for (const socket of open.get(port) ?? []) socket.terminate();
}
