import { expect, type Page } from "@playwright/test";

/** Imports a folder of the server through the page and waits until it is done. */
export async function importFolder(page: Page, format: string, folder: string): Promise<void> {
  await page.goto("/datasets/import");
  await page.getByRole("button", { name: /Format/ }).click();
  await page.getByRole("option", { name: format, exact: true }).click();
  await page.getByLabel("Folder or table on the server").fill(folder);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.waitForURL(/\/datasets\/import\/\d+/);
  await expect(page.getByRole("heading", { name: "Done" })).toBeVisible({ timeout: 120_000 });
}

type Upload = string | { name: string; mimeType: string; buffer: Buffer };

/** Sends a DICOM file, or an archive of them, from this computer, and starts its import. */
export async function importUpload(
  page: Page,
  { dataset, file }: { dataset: string; file: Upload },
): Promise<void> {
  await page.goto("/datasets/import");
  await page.getByRole("button", { name: /Format/ }).click();
  await page.getByRole("option", { name: "DICOM", exact: true }).click();
  await page.getByLabel("Dataset", { exact: true }).fill(dataset);
  await page.getByRole("button", { name: "On this computer" }).click();
  await page.getByLabel("File", { exact: true }).setInputFiles(file);
  await expect(page.getByText("has arrived")).toBeVisible();
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.waitForURL(/\/datasets\/import\/\d+/);
}
