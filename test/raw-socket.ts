import { once } from "node:events";
import type { WebSocket } from "ws";
import { OUR_ORIGIN, type Stage } from "./stage.ts";
import { eventually } from "./world.ts";

/** A bare socket with a cookie: the bytes as they are on the wire, and whatever one likes to send. */
export class RawSocket {
  readonly socket: WebSocket;
  readonly frames: string[] = [];
  /** Set when it was closed: the code and the words. */
  closed: { code: number; reason: string } | null = null;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data, isBinary) => this.frames.push(isBinary ? "binary!" : String(data)));
    socket.on("close", (code, reason) => {
      this.closed = { code, reason: String(reason) };
    });
    socket.on("error", () => {});
  }

  static async open(stage: Stage, person: { cookie: string }): Promise<RawSocket> {
    const raw = new RawSocket(stage.raw({ cookie: person.cookie, origin: OUR_ORIGIN }));
    await once(raw.socket, "open");
    return raw;
  }

  ask(
    id: number | string,
    method: "query" | "mutation" | "subscription" | "subscription.stop",
    path: string,
    input?: unknown,
  ): void {
    this.socket.send(JSON.stringify({ id, method, params: { path, input } }));
  }

  /** The frames of one request, parsed. */
  // biome-ignore lint/suspicious/noExplicitAny: what is on the wire has no type
  of(id: number | string | null): any[] {
    return this.frames.flatMap((frame) => {
      if (!frame.startsWith("{") && !frame.startsWith("[")) return [];
      return [JSON.parse(frame)].flat().filter((message) => message.id === id);
    });
  }

  /** The first answer to a request, an error or a result. */
  async answer(id: number | string | null) {
    return (
      await eventually(
        () => this.of(id),
        (found) => found.length > 0,
      )
    )[0];
  }

  /** The bodies that a feed of this id has brought. */
  bodies(id: number | string): string[] {
    return this.of(id)
      .flatMap((message) => message.result?.data?.data?.changes ?? [])
      .flatMap((change) => (change.type === "message" ? [change.message.body] : []));
  }
}
