export type Question = {
  title: string;
  /** What will happen, and what will not. */
  body: string;
  /** The verb on the button: "Remove", never "OK". */
  action: string;
  isGrave?: boolean;
  /** Where the focus goes once it is done, when what it came from goes with it. */
  goOn?: () => HTMLElement | undefined;
};
export type OpenQuestion = Question & { answer: (isYes: boolean) => void };

let open: OpenQuestion | null = null;
const listeners = new Set<() => void>();

/** Asks before something that cannot be taken back. False when it was cancelled, or another question came in between. */
export function confirm(question: Question): Promise<boolean> {
  open?.answer(false);
  return new Promise((resolve) => {
    const answer = (isYes: boolean) => {
      if (open?.answer === answer) change(null);
      resolve(isYes);
    };
    change({ ...question, answer });
  });
}

export const question = {
  get: (): OpenQuestion | null => open,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function change(next: OpenQuestion | null): void {
  open = next;
  for (const listener of [...listeners]) listener();
}
