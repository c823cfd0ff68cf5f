/** What was typed and not sent, per room. Kept on the device, so that neither another room nor a reload loses it. */
export class Drafts {
  private texts = new Map<string, string>();
  private listeners = new Set<() => void>();

  private readonly userId: string;

  constructor(userId: string) {
    this.userId = userId;
  }

  get = (roomId: string): string => {
    const known = this.texts.get(roomId);
    if (known !== undefined) return known;
    const stored = this.read(roomId);
    this.texts.set(roomId, stored);
    return stored;
  };

  set(roomId: string, text: string): void {
    this.texts.set(roomId, text);
    this.write(roomId, text);
    for (const listener of [...this.listeners]) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private key(roomId: string): string {
    return `earshot-draft-${this.userId}-${roomId}`;
  }

  /** Storage may be full or forbidden; then a draft lives as long as the page. */
  private read(roomId: string): string {
    try {
      return localStorage.getItem(this.key(roomId)) ?? "";
    } catch {
      return "";
    }
  }

  private write(roomId: string, text: string): void {
    try {
      if (text) localStorage.setItem(this.key(roomId), text);
      else localStorage.removeItem(this.key(roomId));
    } catch {
      // Kept in memory.
    }
  }
}
