import type { ReactNode } from "react";

export type Toast = {
  title: string;
  body?: string;
  /** A face, mostly. */
  sign?: ReactNode;
  action?: { label: string; onAct: () => void };
  /** What must not be missed stays until it is dismissed. */
  stays?: boolean;
};
export type ShownToast = Toast & { id: number };

/** More than this at once is a wall; the oldest goes. */
const MOST = 3;

let shown: readonly ShownToast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

/** Says what happened elsewhere. What happened here is said here, beside it. The same words again take the place of the first. */
export function toast(toast: Toast): number {
  lastId += 1;
  const isSame = ({ title, body, action }: Toast) => title === toast.title && body === toast.body && !action;
  const others = shown.filter((one) => toast.action || !isSame(one));
  change([...others.slice(1 - MOST), { ...toast, id: lastId }]);
  return lastId;
}

export function dismissToast(id: number | undefined): void {
  change(shown.filter((toast) => toast.id !== id));
}

export const toasts = {
  get: (): readonly ShownToast[] => shown,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function change(next: readonly ShownToast[]): void {
  shown = next;
  for (const listener of [...listeners]) listener();
}
