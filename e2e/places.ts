import { randomBytes } from "node:crypto";
import { expect, type Locator, type Page } from "@playwright/test";
import { composer } from "./composer.ts";
import { live, type Person } from "./fixtures.ts";

/** A name that no other test has given: rooms of one worker are shared. */
export function channelName(start: string): string {
  return `${start}-${randomBytes(3).toString("hex")}`;
}

/** The list of rooms. */
export function sidebar(page: Page): Locator {
  return page.getByRole("navigation", { name: "Rooms and people" });
}

/** A room in the list, by the beginning of its name. */
export function row(page: Page, name: string): Locator {
  return sidebar(page).getByRole("link", { name: new RegExp(`^${name}(,|\\d|$|\\s)`) });
}

export async function goTo(page: Page, name: string): Promise<void> {
  await row(page, name).click();
  await arrived(page, name);
}

export async function arrived(page: Page, name: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
  await expect(composer(page)).toBeVisible();
  await live(page);
}

/** Opens the dialog behind "New", and what it offers. */
export async function choose(page: Page, what: string): Promise<void> {
  await page.getByRole("button", { name: "New", exact: true }).click();
  await page.getByRole("menuitem", { name: what }).click();
}

/** Finds people in an open dialog, by their usernames, and picks them. */
export async function pick(page: Page, field: string, people: Person[]): Promise<void> {
  for (const { username } of people) {
    await page.getByRole("combobox", { name: field }).fill(username);
    await page.getByRole("option", { name: `@${username}` }).click();
  }
}

export async function newChannel(page: Page, name: string, people: Person[] = [], isPrivate = false): Promise<void> {
  await choose(page, "New channel");
  await page.getByLabel("Name", { exact: true }).fill(name);
  if (isPrivate) await page.getByRole("radio", { name: "Private" }).check({ force: true });
  await pick(page, "People (optional)", people);
  await page.getByRole("button", { name: "Create channel" }).click();
  await arrived(page, name);
}

/** Opens the one room of two. */
export async function message(page: Page, other: Person): Promise<void> {
  await choose(page, "Message somebody");
  await pick(page, "To", [other]);
  await arrived(page, other.name);
}

/** Somebody in the list of members. */
export function member(panel: Locator, name: string, section = ""): Locator {
  const within = section ? panel.getByRole("list", { name: section }) : panel;
  return within.getByRole("button", { name: new RegExp(`^${name}\\b`) });
}

/** The palette, ready to be typed into: its code comes with the first opening. */
export async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: /^Jump to/ })).toBeFocused();
}

export async function openMembers(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: /^\d+ members?$/ }).click();
  const panel = page.getByRole("complementary", { name: "Members" });
  await expect(panel.getByRole("list").first()).toBeVisible();
  return panel;
}

/** What the menu beside a member offers, opened. */
export async function memberMenu(page: Page, panel: Locator, name: string): Promise<Locator> {
  await panel.getByRole("button", { name: `More about ${name}` }).click();
  const menu = page.getByRole("menu", { name: `More about ${name}` });
  await expect(menu).toBeVisible();
  return menu;
}

/** The answer to a question that was asked before something is done. */
export async function confirm(page: Page, action: string): Promise<void> {
  await page.getByRole("alertdialog").getByRole("button", { name: action, exact: true }).click();
}
