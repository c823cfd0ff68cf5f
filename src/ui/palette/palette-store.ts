import { part, warm } from "#ui/kit/part.ts";

let isOpen = false;
const listeners = new Set<() => void>();

export const palettePart = part(() => import("./palette.tsx").then((module) => module.Palette));

export function warmPalette(): void {
  warm(palettePart);
}

export function openPalette(): void {
  turn(true);
}

export function closePalette(): void {
  turn(false);
}

export const palette = {
  get: (): boolean => isOpen,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function turn(isNowOpen: boolean): void {
  isOpen = isNowOpen;
  for (const listener of [...listeners]) listener();
}
