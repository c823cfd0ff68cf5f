import type { Socket } from "node:net";
import { Lane, type Road } from "./lane.ts";
import { type Direction, holds } from "./weather.ts";

/** The road that a connection is on; `takesReply` answers false for bytes that are to be lost. */
type OnLink = Road & { takesReply(bytes: Buffer): boolean };

/** One client's connection and the one that carries it on. */
export class LinkConnection {
  onGone: () => void = () => {};
  readonly #link: OnLink;
  readonly #client: Socket;
  readonly #reach: () => Socket;
  #lanes: Lane[] = [];
  #upstream: Socket | null = null;
  #bytesLeft: number;
  #isCut = false;

  constructor(link: OnLink, client: Socket, bytesLeft: number, reach: () => Socket) {
    this.#link = link;
    this.#client = client;
    this.#bytesLeft = bytesLeft;
    this.#reach = reach;
    client.pause();
    client.on("close", () => this.#left("up"));
  }

  /** The weather may have changed. The far side is called once the near one can be heard. */
  goOn(): void {
    if (this.#isCut) return;
    if (!this.#upstream && !holds(this.#link.weather, "up")) this.#join(this.#reach());
    for (const lane of this.#lanes) lane.pump();
    if (this.#client.destroyed) this.#left("up");
    if (this.#upstream?.destroyed) this.#left("down");
  }

  cut(): void {
    this.#isCut = true;
    for (const lane of this.#lanes) lane.stop();
    this.#client.resetAndDestroy();
    this.#upstream?.resetAndDestroy();
    this.onGone();
  }

  #join(upstream: Socket): void {
    this.#upstream = upstream;
    for (const socket of [this.#client, upstream]) socket.setNoDelay(true);
    upstream.on("close", () => this.#left("down"));
    this.#lanes = [
      new Lane(this.#link, "up", this.#client, upstream, (piece) => void upstream.write(piece)),
      new Lane(this.#link, "down", upstream, this.#client, (piece) => this.#answer(piece)),
    ];
  }

  #answer(piece: Buffer): void {
    if (!this.#link.takesReply(piece)) return this.cut();
    this.#client.write(piece.subarray(0, this.#bytesLeft));
    this.#bytesLeft -= piece.length;
    if (this.#bytesLeft > 0) return;
    this.#isCut = true;
    for (const lane of this.#lanes) lane.stop();
    this.#client.destroySoon();
    this.#upstream?.destroy();
    this.onGone();
  }

  /** One end is gone, by an error or for good. The other is told when what came before has arrived, and the link carries at all. */
  #left(direction: Direction): void {
    if (this.#isCut || holds(this.#link.weather, direction)) return;
    const lane = this.#lanes.find((one) => one.direction === direction);
    if (lane?.isBusy) return void lane.whenIdle(() => this.#left(direction));
    this.#isCut = true;
    for (const one of this.#lanes) one.stop();
    for (const socket of [this.#client, this.#upstream]) if (socket && !socket.destroyed) socket.resetAndDestroy();
    this.onGone();
  }
}
