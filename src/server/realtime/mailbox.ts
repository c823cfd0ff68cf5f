import type { Outflow } from "./outflow.ts";

/**
 * What one personal feed has not taken yet. It gathers while the reader is busy and while the reader's socket is behind
 * (R10); news of one thing replaces older news of it. So what waits for a phone in a tunnel grows with what there is to
 * know, not with how long the tunnel is.
 */
export abstract class Mailbox<News> {
  #failure: unknown = null;
  #isOver = false;
  #wake: (() => void) | null = null;
  readonly #goOn = () => this.#wake?.();

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Takes out everything that waits, in the order in which it has to be applied. */
  protected abstract take(): News[];
  protected abstract onEnd(): void;

  /** Something was put in. */
  protected ring(): void {
    this.#wake?.();
  }

  /** Everything that waits; waits for something, and for the socket to take it. Null once it is over. Throws what it failed with. */
  async next(outflow: Pick<Outflow, "takesMore" | "whenDrained">): Promise<News[] | null> {
    for (;;) {
      if (this.#failure !== null) throw this.#failure;
      if (this.#isOver) return null;
      if (outflow.takesMore()) {
        const news = this.take();
        if (news.length > 0) return news;
      } else outflow.whenDrained(this.#goOn);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
  }

  /** Ends the feed with a reason that reaches the client. What waited is dropped. */
  fail(reason: unknown): void {
    if (this.#isOver) return;
    this.#failure = reason;
    this.close();
  }

  /** Nobody reads any more. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.onEnd();
    this.#wake?.();
  }
}
