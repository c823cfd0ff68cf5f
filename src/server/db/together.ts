/** After a round that somebody shared, the next one gathers for this long: a rush is then a few statements. */
const REST_MS = 5;
/** A round that takes longer hangs on a dead connection, perhaps: whoever asked since goes without it. */
const PATIENCE_MS = 50;
const ROUNDS_MAX = 3;
const ROUND_SIZE = 500;

type Waiting<Ask, Answer> = { ask: Ask; resolve: (answer: Answer) => void; reject: (error: unknown) => void };

/**
 * Questions that share a statement. A lone one is asked at once; whoever asks while others are being answered waits for
 * the next round, so that under load the rounds grow and their number does not. Everybody's answer comes from a snapshot
 * that is younger than their question.
 */
export class Together<Ask, Answer> {
  readonly #read: (asks: Ask[]) => Promise<Answer[]>;
  #waiting: Waiting<Ask, Answer>[] = [];
  #rounds = 0;
  #restUntilMs = 0;
  #next: NodeJS.Timeout | NodeJS.Immediate | null = null;

  /** `read` answers every question in its place, or fails for all of them. */
  constructor(read: (asks: Ask[]) => Promise<Answer[]>) {
    this.#read = read;
  }

  ask(ask: Ask): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ask, resolve, reject });
      this.#arrange();
    });
  }

  #arrange(): void {
    if (this.#next || this.#waiting.length === 0 || this.#rounds >= ROUNDS_MAX) return;
    const begin = () => {
      this.#next = null;
      void this.#round();
    };
    const waitMs = this.#rounds > 0 ? PATIENCE_MS : this.#restUntilMs - performance.now();
    // At once is one turn of the loop: what was asked in one packet is one round.
    this.#next = waitMs > 0 ? setTimeout(begin, waitMs) : setImmediate(begin);
  }

  async #round(): Promise<void> {
    const round = this.#waiting.splice(0, ROUND_SIZE);
    this.#rounds++;
    this.#arrange();
    try {
      const answers = await this.#read(round.map(({ ask }) => ask));
      for (const [place, { resolve }] of round.entries()) resolve(answers[place] as Answer);
    } catch (error) {
      for (const { reject } of round) reject(error);
    }
    this.#rounds--;
    if (round.length > 1) this.#restUntilMs = performance.now() + REST_MS;
    // Whoever had patience with this round need have it no longer.
    if (this.#next) clearTimeout(this.#next as NodeJS.Timeout);
    this.#next = null;
    this.#arrange();
  }
}
