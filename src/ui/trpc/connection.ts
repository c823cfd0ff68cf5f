import type { ListenState } from "#shared/rooms.ts";
import { type LinkState, linkState, type Trouble } from "./link-state.ts";
import { Patience } from "./patience.ts";
import { trackedSocket } from "./tracked-socket.ts";

/** The server ended this session: a sign-out elsewhere, a new password, a ban. */
const SESSION_ENDED = 4401;
/** Long enough to trust that a socket holds. One that opens and falls at once must not reset the waiting. */
const STEADY_MS = 5_000;
/** A cut that is younger than this is rarely met by a click. */
const HEARD_WITHIN_MS = 2_000;

/**
 * How this device stands with the server. It knows the sockets, decides when the next one is tried, and is the one
 * place that says `data-connection`.
 */
export class Connection {
  /** Says that the session is over; set once by the provider. */
  onSessionEnded: () => void = () => {};
  /** Asks the server whether the session still stands: a browser does not tell why a socket was refused. */
  onRefused: () => void = () => {};

  private readonly patience = new Patience(500, 10_000);
  private readonly sockets = new Set<WebSocket>();
  private readonly caughtUp = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private heardAt = Number.NEGATIVE_INFINITY;
  private roomOnScreen: string | null = null;
  private listening: ListenState = "live";
  private isOnline = true;
  private isOver = false;
  private isFirst = true;
  private hasEverOpened = false;
  private trouble: Trouble | null = null;
  private state: LinkState = "connecting";

  /** Watches the browser; returns the way to stop. */
  start = (): (() => void) => {
    const stop = new AbortController();
    const { signal } = stop;
    addEventListener("online", () => this.setOnline(true), { signal });
    addEventListener("offline", () => this.setOnline(false), { signal });
    addEventListener("focus", this.wake, { signal });
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.wake(), {
      signal,
    });
    this.setOnline(navigator.onLine);
    return () => stop.abort();
  };

  socketClass(): typeof WebSocket {
    return trackedSocket({
      onOpen: (socket) => this.opened(socket),
      onHeard: () => {
        this.heardAt = performance.now();
      },
      onClose: (socket, code, hadOpened) => this.closed(socket, code, hadOpened),
    });
  }

  /** Resolves when it is time to open the next socket. The client asks before every attempt. */
  nextTurn = async (): Promise<void> => {
    if (this.isOver) await new Promise(() => {});
    if (!this.isFirst) await this.patience.wait(this.patience.nextMs());
    this.isFirst = false;
    // Without a network an attempt can only fail; "Try now" is allowed to find out that the browser is wrong.
    if (!this.isOnline) await this.patience.wait(Number.POSITIVE_INFINITY);
  };

  /** Tries at once whatever is waiting for its turn. */
  wake = (): void => this.patience.wake();

  get hasSocket(): boolean {
    return this.sockets.size > 0;
  }

  /** Whether the server answers calls: over a socket, or though it lets none in. Unknown is no. */
  get isAnswered(): boolean {
    return this.hasSocket || this.trouble === "sockets";
  }

  /** Whether the server has said something a moment ago. A socket seems open for up to 15 s after a cable was pulled. */
  get isHeard(): boolean {
    return this.hasSocket && performance.now() - this.heardAt < HEARD_WITHIN_MS;
  }

  /** True once the server has let this page in: then its address is right. */
  get isWelcome(): boolean {
    return this.hasEverOpened;
  }

  getState = (): LinkState => this.state;
  getTrouble = (): Trouble | null => this.trouble;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Calls back whenever all is well again: a socket, and a server that has its database. Returns the way to stop. */
  onWell(callback: () => void): () => void {
    const isWell = () => this.hasSocket && this.trouble === null;
    let wasWell = isWell();
    return this.subscribe(() => {
      const isBetter = isWell() && !wasWell;
      wasWell = isWell();
      if (isBetter) callback();
    });
  }

  setListening(listening: ListenState): void {
    this.listening = listening;
    this.announce();
  }

  setTrouble(trouble: Trouble | null): void {
    const before = this.trouble;
    this.trouble = trouble;
    this.announce(trouble !== before);
  }

  setRoomOnScreen(roomId: string | null): void {
    this.roomOnScreen = roomId;
    this.announce();
  }

  setCaughtUp(roomId: string, isCaughtUp: boolean): void {
    if (isCaughtUp === this.caughtUp.has(roomId)) return;
    if (isCaughtUp) this.caughtUp.add(roomId);
    else this.caughtUp.delete(roomId);
    this.announce();
  }

  /** No more attempts: the session is over. */
  end(): void {
    this.isOver = true;
  }

  private setOnline(isOnline: boolean): void {
    this.isOnline = isOnline;
    // A browser that went offline keeps its sockets half alive until a timeout; we know better.
    if (!isOnline) for (const socket of [...this.sockets]) socket.close();
    this.announce();
    if (isOnline) this.wake();
  }

  private opened(socket: WebSocket): void {
    this.sockets.add(socket);
    this.hasEverOpened = true;
    if (this.trouble !== "database") this.trouble = null;
    setTimeout(() => this.sockets.has(socket) && this.patience.reset(), STEADY_MS);
    this.announce();
  }

  private closed(socket: WebSocket, code: number, hadOpened: boolean): void {
    this.sockets.delete(socket);
    if (this.sockets.size === 0) this.caughtUp.clear();
    if (code === SESSION_ENDED) this.onSessionEnded();
    else if (!hadOpened && this.isOnline) this.onRefused();
    this.announce();
  }

  private announce(isNews = false): void {
    const isCaughtUp = this.roomOnScreen === null || this.caughtUp.has(this.roomOnScreen);
    const next = linkState({
      isOnline: this.isOnline,
      hasSocket: this.hasSocket,
      trouble: this.trouble,
      isCaughtUp,
      listening: this.listening,
    });
    document.documentElement.dataset.connection = next;
    if (next === this.state && !isNews) return;
    this.state = next;
    for (const listener of [...this.listeners]) listener();
  }
}
