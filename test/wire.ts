import type { AddressInfo } from "node:net";
import { connect, createServer, type Server, type Socket } from "node:net";

/** What to do with one message of Postgres on its way to the client: hand it on, lose it, or cut the connection there. */
export type Verdict = "pass" | "lose" | "cut";

type Link = { client: Socket; server: Socket; memory: Map<string, boolean> };

/**
 * A wire between a client and Postgres that can be cut, fall silent, or lose messages. `toClient` sees every message of
 * Postgres by its type (https://www.postgresql.org/docs/current/protocol-message-formats.html), `toServer` every chunk
 * of the client; `memory` is for what they want to remember of a connection.
 */
export class Wire implements AsyncDisposable {
  /** While true nothing passes in either direction, and nobody is told: a half-open link. */
  isSilent = false;
  /** While true a new connection is refused at once. */
  isClosed = false;
  toClient: (type: string, memory: Link["memory"]) => Verdict = () => "pass";
  toServer: (chunk: Buffer, memory: Link["memory"]) => Verdict = () => "pass";
  /** Connections that were made so far. */
  made = 0;
  readonly #links = new Set<Link>();
  readonly #server: Server;
  readonly #target: URL;

  private constructor(server: Server, target: URL) {
    this.#server = server;
    this.#target = target;
  }

  static async before(url: string): Promise<Wire> {
    const server = createServer();
    const wire = new Wire(server, new URL(url));
    server.on("connection", (client) => wire.#join(client));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return wire;
  }

  get url(): string {
    const url = new URL(this.#target);
    url.host = `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return url.href;
  }

  cutAll(): void {
    for (const link of this.#links) this.#cut(link);
  }

  #cut({ client, server }: Link): void {
    client.destroy();
    server.destroy();
  }

  #join(client: Socket): void {
    if (this.isClosed) return void client.destroy();
    this.made++;
    const server = connect(Number(this.#target.port || 5432), this.#target.hostname);
    const link: Link = { client, server, memory: new Map() };
    this.#links.add(link);
    for (const end of [client, server]) {
      end.on("error", () => this.#cut(link));
      end.on("close", () => {
        this.#cut(link);
        this.#links.delete(link);
      });
    }
    client.on("data", (chunk) => {
      if (this.isSilent) return;
      const verdict = this.toServer(chunk, link.memory);
      if (verdict === "cut") this.#cut(link);
      else if (verdict === "pass") server.write(chunk);
    });
    let rest = Buffer.alloc(0);
    server.on("data", (chunk) => {
      if (this.isSilent) return;
      rest = Buffer.concat([rest, chunk]);
      // A type in one byte, then a length that counts itself.
      while (rest.length >= 5 && rest.length > rest.readInt32BE(1)) {
        const message = rest.subarray(0, rest.readInt32BE(1) + 1);
        rest = rest.subarray(message.length);
        const verdict = this.toClient(String.fromCharCode(message[0] ?? 0), link.memory);
        if (verdict === "cut") return this.#cut(link);
        if (verdict === "pass") client.write(message);
      }
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cutAll();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
