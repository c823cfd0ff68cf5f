import { connect } from "node:net";
import { newId } from "#shared/ids.ts";
import { OUR_ORIGIN } from "./stage.ts";
import { eventually, type Somebody } from "./world.ts";

/** A client of ill will: it writes frames by hand and does not answer a close. */
export class RudeSocket {
  #read = Buffer.alloc(0);
  readonly #socket;

  private constructor(port: number, person: Somebody) {
    this.#socket = connect(port, "127.0.0.1");
    this.#socket.on("error", () => {});
    this.#socket.on("data", (chunk) => {
      this.#read = Buffer.concat([this.#read, chunk]);
    });
    const lines = [
      "GET /trpc HTTP/1.1",
      "Host: x",
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
    ];
    const secret = ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", `Origin: ${OUR_ORIGIN}`, `Cookie: ${person.cookie}`];
    this.#socket.write(`${[...lines, ...secret].join("\r\n")}\r\n\r\n`);
  }

  static async open(port: number, person: Somebody): Promise<RudeSocket> {
    const rude = new RudeSocket(port, person);
    await eventually(() => rude.#read.includes("101 Switching"), Boolean);
    return rude;
  }

  send(roomId: string, body: string): void {
    const input = { roomId, clientId: newId(), body };
    const text = Buffer.from(JSON.stringify({ id: 7, method: "mutation", params: { path: "message.send", input } }));
    // Final text frame, masked with zeroes, length in 16 bits.
    const head = Buffer.from([0x81, 0x80 | 126, text.length >> 8, text.length & 255, 0, 0, 0, 0]);
    this.#socket.write(Buffer.concat([head, text]));
  }

  /** A close frame (0x88) with the code 4401. */
  isToldToClose(): boolean {
    return this.#read.includes(Buffer.from([0x11, 0x31, ...Buffer.from("Your session has ended.")]));
  }

  destroy(): void {
    this.#socket.destroy();
  }
}
