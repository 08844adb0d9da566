import { expect, type Page } from "@playwright/test";

/** Makes a worklist of the given kind and opens its reading room. */
export async function openWorklist(page: Page, name: string, dataset: string): Promise<void> {
  await page.goto("/reading/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: /Dataset/ }).click();
  await page.getByRole("option", { name: dataset, exact: true }).click();
  await page.getByRole("button", { name: "Make the worklist" }).click();
  await page.waitForURL(/\/reading\/\d+\/progress/);
  await page.getByRole("link", { name: "Read next" }).click();
  await page.waitForURL(/\/reading\/\d+$/);
}

/**
 * In the reading room: sets findings by their letters, submits by Enter, which hangs the next.
 * @param letters one press each; a letter sets its finding positive
 */
export async function readByKeyboard(page: Page, letters: readonly string[]): Promise<void> {
  await expect(page.getByRole("heading", { name: "Findings" })).toBeVisible();
  await expect(page.getByText("0 set")).toBeVisible();
  for (const letter of letters) await page.keyboard.press(letter);
  await expect(page.getByText(`${letters.length} set`)).toBeVisible();
  await filmUp(page);
  await page.keyboard.press("Enter");
  await expect(page.getByText("0 set")).toBeVisible();
  await expect(page.getByText("All reads saved")).toBeVisible();
}

/** The film that is read. */
export const currentFilm = (page: Page) => page.getByRole("img", { name: /^Film of/ });

/** Waits for a film to be on the screen, and tells which. */
export async function filmUp(page: Page): Promise<string> {
  await expect(currentFilm(page)).toHaveAttribute("data-shown", /\d+/);
  return (await currentFilm(page).getAttribute("data-shown")) ?? "";
}
