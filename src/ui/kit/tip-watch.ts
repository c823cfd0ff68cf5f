export type Tip = { anchor: HTMLElement; text: string; keys: string | undefined };

const WAIT_MS = 450;
/** From one button to its neighbour there is no wait. */
const GRACE_MS = 300;
const ENDS = ["pointerdown", "keydown", "focusout", "scroll", "blur"] as const;

/** Tells whose name to show, and null when that is over. Listens to the whole page; answers how to stop. */
export function watchTips(onTip: (tip: Tip | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let target: HTMLElement | null = null;
  let isShown = false;
  let hiddenAt = 0;
  const turn = (tip: Tip | null) => {
    if (isShown && !tip) hiddenAt = Date.now();
    isShown = tip !== null;
    onTip(tip);
  };
  const hide = () => {
    clearTimeout(timer);
    target = null;
    if (isShown) turn(null);
  };
  const show = (anchor: HTMLElement | null, waitMs: number) => {
    if (anchor === target) return;
    hide();
    if (!anchor) return;
    target = anchor;
    timer = setTimeout(() => turn(readTip(anchor)), Date.now() - hiddenAt < GRACE_MS ? 0 : waitMs);
  };
  const listening = new AbortController();
  const options = { capture: true, passive: true, signal: listening.signal };
  document.addEventListener("pointerover", (event) => isMouse(event) && show(tippedAt(event.target), WAIT_MS), options);
  document.addEventListener("focusin", (event) => isKeyboard(event) && show(tippedAt(event.target), 0), options);
  for (const end of ENDS) window.addEventListener(end, hide, options);
  return () => {
    clearTimeout(timer);
    listening.abort();
  };
}

function isMouse({ pointerType }: PointerEvent): boolean {
  return pointerType === "mouse";
}

function isKeyboard({ target }: FocusEvent): boolean {
  return target instanceof Element && target.matches("[data-tip]:focus-visible");
}

function tippedAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;
}

/** Null for a button that has gone, or whose menu is open: its name would lie on the menu. */
function readTip(anchor: HTMLElement): Tip | null {
  const text = anchor.dataset.tip;
  if (!text || !anchor.isConnected || anchor.getAttribute("aria-expanded") === "true") return null;
  return { anchor, text, keys: anchor.dataset.tipKeys };
}
