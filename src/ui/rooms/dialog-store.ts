/** Which dialog is asked for, from wherever: a menu, the palette, an empty section. */
export type Asked =
  | { name: "new-channel" }
  | { name: "new-group" }
  | { name: "new-message" }
  | { name: "add-people"; roomId: string }
  | { name: "hand-over"; roomId: string }
  | { name: "status" }
  | { name: "keys" };
/** `turn` counts openings: a dialog that is opened again begins anew. */
export type OpenDialog = Asked & { turn: number };

let open: OpenDialog | null = null;
let turns = 0;
const listeners = new Set<() => void>();

export function openDialog(asked: Asked): void {
  turns += 1;
  change({ ...asked, turn: turns });
}

export function closeDialog(): void {
  change(null);
}

export const dialogs = {
  get: (): OpenDialog | null => open,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function change(next: OpenDialog | null): void {
  open = next;
  for (const listener of [...listeners]) listener();
}
