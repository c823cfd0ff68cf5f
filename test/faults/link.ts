import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { LinkConnection } from "./link-connection.ts";
import type { Weather } from "./weather.ts";

type Target = { port: number; host?: string };
type LinkOptions = Target & {
  /** For the jitter: a seeded one makes a run repeatable, as far as a machine allows. */
  random?: () => number;
};

/** A TCP link between a client and a server, with a weather. It knows nothing of what is said over it; `test/wire.ts` does, for Postgres. */
export class Link implements AsyncDisposable {
  weather: Weather = { kind: "ok" };
  /** Connections that clients have made so far. */
  made = 0;
  readonly random: () => number;
  #target: Target;
  /** What the reply that is lost next holds; null while none is. */
  #losesReply: string | null = null;
  #limits: { bytes: number; connections: number } | null = null;
  readonly #open = new Set<LinkConnection>();
  readonly #server: Server;

  private constructor(server: Server, { random, ...target }: LinkOptions) {
    this.#server = server;
    this.#target = target;
    this.random = random ?? Math.random;
  }

  /** Listens on 127.0.0.1, at `link.port`. */
  static async open(opts: LinkOptions): Promise<Link> {
    const server = createServer({ allowHalfOpen: true });
    const link = new Link(server, opts);
    server.on("connection", (client) => link.#join(client));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return link;
  }

  /** A link before the server of this address, and the address through it. */
  static async before(url: string): Promise<{ link: Link; url: string }> {
    const through = new URL(url);
    const link = await Link.open({ host: through.hostname, port: Number(through.port) });
    through.host = `127.0.0.1:${link.port}`;
    return { link, url: through.href };
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Open ones now. */
  get connections(): number {
    return this.#open.size;
  }

  set(weather: Weather): void {
    this.weather = weather;
    for (const connection of this.#open) connection.goOn();
  }

  /** RST on all open connections, to both ends, and what was on its way is lost. */
  reset(): void {
    for (const connection of this.#open) connection.cut();
  }

  /** The next bytes from server to client that hold this are lost, and their connection is reset. */
  dropNextReply(holding = ""): void {
    this.#losesReply = holding;
  }

  /** Each of the next connections is closed after so many bytes from server to client. */
  closeAfter(bytes: number, connections = 1): void {
    this.#limits = { bytes, connections };
  }

  /** New connections go elsewhere; those that are open stay where they are. */
  retarget(target: Target): void {
    this.#target = target;
  }

  async close(): Promise<void> {
    this.reset();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  takesReply(bytes: Buffer): boolean {
    if (this.#losesReply === null || !bytes.includes(this.#losesReply)) return true;
    this.#losesReply = null;
    return false;
  }

  #join(client: Socket): void {
    client.on("error", () => {});
    if (this.weather.kind === "refuse") return void client.resetAndDestroy();
    this.made++;
    const limit = this.#limits && this.#limits.connections-- > 0 ? this.#limits.bytes : Number.POSITIVE_INFINITY;
    const connection = new LinkConnection(this, client, limit, () => {
      const upstream = connect({ host: "127.0.0.1", allowHalfOpen: true, ...this.#target });
      upstream.on("error", () => {});
      return upstream;
    });
    this.#open.add(connection);
    connection.onGone = () => this.#open.delete(connection);
    connection.goOn();
  }
}
