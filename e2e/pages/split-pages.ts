import { expect, type Page } from "@playwright/test";

/** Makes a cohort from a table with columns dataset, path, class. */
export async function makeCohort(page: Page, name: string, csv: string): Promise<void> {
  await page.goto("/cohorts/new?from=table");
  await page.locator('input[type="file"]').setInputFiles(csv);
  await page.getByLabel("Name of the cohort").fill(name);
  await page.getByRole("button", { name: "Make the cohort" }).click();
  await page.waitForURL(/\/cohorts\/\d+/);
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
}

/** On a cohort's page: draws a split of single images, 60/20/20, seed 42. */
export async function drawSplit(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: /Drawn by/ }).click();
  await page.getByRole("option", { name: /image/i }).first().click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Draw the split" }).click();
  await page.waitForURL(/\/splits\/\d+/);
}

/** On a leaking split's page: mends it and opens the twin. */
export async function mend(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Mend into a new split" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Mend", exact: true }).click();
  await expect(page.getByText(`${name} is made`)).toBeVisible();
}
