/**
 * Questions that share a statement. Whoever asks while others are being answered waits for the next round, so that under
 * load the rounds grow and their number does not; no timer, so a lone question is not delayed. Everybody's answer comes
 * from a snapshot that is younger than their question.
 */
export class Together<Ask, Answer> {
  readonly #read: (asks: Ask[]) => Promise<Answer[]>;
  #waiting: { ask: Ask; resolve: (answer: Answer) => void; reject: (error: unknown) => void }[] = [];
  #rounds = 0;

  /** `read` answers every question in its place, or fails for all of them. */
  constructor(read: (asks: Ask[]) => Promise<Answer[]>) {
    this.#read = read;
  }

  ask(ask: Ask): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ask, resolve, reject });
      if (this.#rounds < ROUNDS_MAX) void this.#answer();
    });
  }

  async #answer(): Promise<void> {
    this.#rounds++;
    // One turn of the loop: what was asked in one packet is one round.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const round = this.#waiting.splice(0, ROUND_SIZE);
      try {
        const answers = await this.#read(round.map(({ ask }) => ask));
        for (const [place, { resolve }] of round.entries()) resolve(answers[place] as Answer);
      } catch (error) {
        for (const { reject } of round) reject(error);
      }
    }
    this.#rounds--;
  }
}

const ROUND_SIZE = 500;

/** Two at once: one that hangs on a dead connection must not hold up everybody who asks after it. */
const ROUNDS_MAX = 2;
