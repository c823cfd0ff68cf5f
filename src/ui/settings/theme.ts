export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export const CONTRASTS = ["system", "more"] as const;
export type Contrast = (typeof CONTRASTS)[number];

/** A year; a choice about this device, which the server needs for the first paint and keeps nowhere. */
const KEPT_S = 365 * 24 * 60 * 60;

export function themeOf(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? "system";
}

export function contrastOf(value: string | undefined): Contrast {
  return CONTRASTS.find((contrast) => contrast === value) ?? "system";
}

/** Applies a choice to this page, and to those that the server renders from now on. `system` takes it back. */
export function chooseLook(name: "theme" | "contrast", value: Theme | Contrast): void {
  const isSystem = value === "system";
  if (isSystem) delete document.documentElement.dataset[name];
  else document.documentElement.dataset[name] = value;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we serve
  document.cookie = `earshot-${name}=${value}; path=/; max-age=${isSystem ? 0 : KEPT_S}; samesite=lax`;
}
