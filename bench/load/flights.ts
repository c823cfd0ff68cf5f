/** One send on its way: the people of its room are `base` to `base + seen.length - 1`. */
type Flight = {
  place: number;
  base: number;
  fromMs: number;
  seen: Uint8Array;
  othersLeft: number;
  isAuthorLeft: boolean;
  isAnswered: boolean;
};

/** What became of the sends of a run. `twice` counts deliveries beyond the first, whenever they came; a stranger's copy is one, too. */
export type Verdict = { sends: number; deliveries: number; missing: number; twice: number };

/**
 * The sends of a run, and who has seen each: every member of the room once, its author too. A send has landed when it was
 * answered and everybody has it. Landed ones are kept to the end of the run, or a second copy would go unnoticed.
 */
export class Flights {
  readonly #perRoom: number;
  readonly #flights = new Map<number, Flight>();
  #open = 0;
  #deliveries = 0;
  #twice = 0;
  onAnswered: (place: number) => void = () => {};
  /** Everybody else has it. */
  onDelivered: (delayMs: number, fromMs: number, atMs: number) => void = () => {};
  onAllLanded: () => void = () => {};

  constructor(perRoom: number) {
    this.#perRoom = perRoom;
  }

  get open(): number {
    return this.#open;
  }

  /** `fromMs` is the moment that counts: the send's, or the one at which it was due. */
  start(number: number, place: number, fromMs: number): void {
    const base = place - (place % this.#perRoom);
    const seen = new Uint8Array(this.#perRoom);
    const flight = { place, base, fromMs, seen, othersLeft: this.#perRoom - 1, isAuthorLeft: true, isAnswered: false };
    this.#flights.set(number, flight);
    this.#open++;
  }

  /** True when this was the answer to a send. */
  answered(number: number): boolean {
    const flight = this.#flights.get(number);
    if (!flight) return false;
    if (flight.isAnswered) return true;
    flight.isAnswered = true;
    this.onAnswered(flight.place);
    this.#land(flight);
    return true;
  }

  seen(number: number, place: number, atMs: number): void {
    const flight = this.#flights.get(number);
    const index = place - (flight?.base ?? 0);
    if (!flight || index < 0 || index >= this.#perRoom || flight.seen[index] !== 0) {
      this.#twice++;
      return;
    }
    flight.seen[index] = 1;
    this.#deliveries++;
    if (place === flight.place) flight.isAuthorLeft = false;
    else if (--flight.othersLeft === 0) this.onDelivered(atMs - flight.fromMs, flight.fromMs, atMs);
    this.#land(flight);
  }

  #land({ isAnswered, othersLeft, isAuthorLeft }: Flight): void {
    if (isAnswered && othersLeft === 0 && !isAuthorLeft && --this.#open === 0) this.onAllLanded();
  }

  verdict(): Verdict {
    const expected = this.#flights.size * this.#perRoom;
    const missing = expected - this.#deliveries;
    return { sends: this.#flights.size, deliveries: this.#deliveries, missing, twice: this.#twice };
  }
}
