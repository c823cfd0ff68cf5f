import { expect, type Locator, type Page } from "@playwright/test";

/** What a person does in a room, by role and name, as somebody who cannot see the markup would find it. */
export function composer(page: Page): Locator {
  return page.getByRole("textbox", { name: /^Message/ });
}

export async function say(page: Page, body: string): Promise<void> {
  await composer(page).fill(body);
  await composer(page).press("Enter");
}

/** The rows that have a place in the history. */
export function history(page: Page): Locator {
  return page.getByRole("list", { name: /^Messages in/ });
}

/** What waits to be sent, or could not be. */
export function outbox(page: Page): Locator {
  return page.getByRole("list", { name: "Not sent yet" });
}

/** A message that stands in the history, exactly once. */
export async function reads(page: Page, body: string): Promise<void> {
  await expect(history(page).getByText(body, { exact: true })).toHaveCount(1);
}

/** The part that scrolls. */
export function timeline(page: Page): Locator {
  return page.getByRole("region", { name: /^History of/ });
}

/** Pixels between what is seen and the end. */
export function distanceFromEnd(page: Page): Promise<number> {
  return timeline(page).evaluate((region) => region.scrollHeight - region.clientHeight - region.scrollTop);
}

/** With the keyboard alone, from stop to stop. */
export async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(target).toBeFocused({ timeout: 100 });
  }).toPass({ intervals: [0] });
}

let count = 0;
/** Words that no other test has said: rooms of one worker are shared. */
export function words(start: string): string {
  count++;
  return `${start} ${process.pid}-${count}-${Math.random().toString(36).slice(2, 7)}`;
}
