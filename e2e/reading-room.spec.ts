import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { importFolder } from "./pages/import-page";
import { openWorklist } from "./pages/reading-pages";

const studies = 20;
/** Findings that a study's reader sets, one press each: what a usual study has, and none now and then. */
const findingsOf = [["c", "t"], ["g"], [], ["o", "k", "p"], ["n"]] as const;

test("twenty studies are read wholly by keyboard", async ({
  administratorPage: page,
  installation: { films },
}) => {
  const broken: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") broken.push(message.text());
  });
  await importFolder(page, "CheXpert", path.join(films, "CheXpert-v1.0-small"));
  await openWorklist(page, "Twenty by keyboard", "chexpert");
  let pressed = 0;
  const press = async (key: string) => {
    pressed += 1;
    await page.keyboard.press(key);
  };

  let changes = 0;
  for (let study = 0; study < studies; study += 1) {
    await expect(page.getByRole("heading", { name: "Findings" })).toBeVisible();
    await expect(currentFilm(page)).toHaveAttribute("data-shown", /\d+/);
    const letters = findingsOf[study % findingsOf.length] ?? [];
    for (const letter of letters) await press(letter);
    changes += letters.length;
    await expect(page.getByText(`${letters.length} set`)).toBeVisible();
    await press("Enter");
    await expect(page.getByRole("heading", { name: "Submitted" })).toBeVisible();
    // Hangs the next: the reveal is looked at, not worked at.
    await page.keyboard.press("Enter");
  }
  expect(pressed).toBe(changes + studies);
  await expect(page.getByText("All reads saved")).toBeVisible();
  expect(broken, "errors in the console, breaches of the content security policy among them").toEqual([]);
});

test("the film answers keys: window, inversion, a region for a finding, a measure", async ({
  administratorPage: page,
}) => {
  await openRoom(page);
  const room = page.getByRole("main");
  await page.keyboard.press("2");
  await expect(room).toContainText("W 150 · L 85 · 1.0×");
  await page.keyboard.press("=");
  await expect(room).toContainText("1.3×");
  await page.keyboard.press("i");
  await expect(room).toContainText("inverted");
  await page.keyboard.press("0");
  await expect(room).toContainText("W 255 · L 128 · 1.0×");

  await page.keyboard.press("b");
  await expect(room).toContainText("A region belongs to a finding: set one first.");
  await page.keyboard.press("c");
  await page.keyboard.press("b");
  await drawByKeys(page);
  await expect(page.getByRole("list", { name: "Findings" })).toContainText("1 region");
  await page.keyboard.press("'");
  await drawByKeys(page);
  await expect(room).toContainText(/\d+ px/);

  await page.reload();
  await expect(page.getByRole("list", { name: "Findings" })).toContainText("1 region");
});

for (const theme of ["dark", "light"] as const) {
  test(`the reading room has no serious accessibility fault in the ${theme} theme`, async ({
    administratorPage: page,
  }) => {
    await openRoom(page);
    await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
}

const currentFilm = (page: Page) => page.getByRole("img", { name: /^Film of/ });

async function openRoom(page: Page): Promise<void> {
  await page.goto("/reading");
  await page
    .getByRole("row", { name: /Twenty by keyboard/ })
    .getByRole("link", { name: /Read/ })
    .click();
  await expect(currentFilm(page)).toHaveAttribute("data-shown", /\d+/);
}

/** From the middle of the film to the right and down. */
async function drawByKeys(page: Page): Promise<void> {
  await page.keyboard.press("Space");
  for (const arrow of ["ArrowRight", "ArrowRight", "ArrowDown"]) await page.keyboard.press(arrow);
  await page.keyboard.press("Space");
}
