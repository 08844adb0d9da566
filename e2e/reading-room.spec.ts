import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { importFolder } from "./pages/import-page";
import { currentFilm, filmUp, openWorklist } from "./pages/reading-pages";

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
  const presses: number[] = [];
  const last = page.getByRole("region", { name: "Last read" });
  for (let study = 0; study < studies; study += 1) {
    const film = await filmUp(page);
    await expect(page.getByText("0 set")).toBeVisible();
    const letters = findingsOf[study % findingsOf.length] ?? [];
    const keys = [...letters, "Enter"];
    for (const key of keys) await page.keyboard.press(key);
    presses.push(keys.length);
    // Enter alone has hung the next film, and laid side by side what was kept from the reader until then.
    await expect(currentFilm(page)).not.toHaveAttribute("data-shown", film);
    await expect(last).toContainText(/submitted, (as the source|\d+ differs? from the source)/);
    await expect(last.locator("img")).toHaveAttribute("src", `/api/images/${film}/thumbnail`);
  }
  expect(presses).toEqual(
    Array.from({ length: studies }, (_, study) => (findingsOf[study % findingsOf.length]?.length ?? 0) + 1),
  );
  const sum = presses.reduce((total, count) => total + count, 0);
  test.info().annotations.push({ type: "key presses", description: `${sum} for ${studies} studies` });
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

for (const rendering of ["cpu", "webgl"] as const) {
  test(`films are drawn and inverted by ${rendering}`, async ({ administratorPage: page }) => {
    await openRoom(page);
    await page.goto(`${page.url()}?rendering=${rendering}`);
    await filmUp(page);
    await expect.poll(() => brightness(page)).toBeGreaterThan(20);
    const before = await brightness(page);
    await page.keyboard.press("i");
    await expect.poll(async () => Math.abs((await brightness(page)) - (255 - before))).toBeLessThan(3);
  });
}

for (const rendering of ["cpu", "webgl"] as const) {
  test(`tools and layouts work by ${rendering}`, async ({ administratorPage: page }) => {
    await openRoom(page);
    await page.goto(`${page.url()}?rendering=${rendering}`);
    await filmUp(page);
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const effusion = page.getByRole("button", { name: /^Pleural effusion/i });
    await press("g", "b");
    await drawByKeys(page);
    await press("q");
    await drawByKeys(page);
    await expect(effusion).toContainText("2 regions");
    await press(";");
    for (const _ of ["heart", "chest"]) await drawByKeys(page);
    await expect(currentFilm(page)).toContainText(/CTR \d\.\d\d/);
    await press("'");
    await drawByKeys(page);
    await expect(currentFilm(page)).toContainText(/\d px/);

    await press("z");
    const box = await currentFilm(page).boundingBox();
    await page.mouse.move((box?.x ?? 0) + 300, (box?.y ?? 0) + 300, { steps: 3 });
    await expect(currentFilm(page).locator("canvas")).toHaveCount(2);
    await press("Escape");
    const layout = page.getByRole("button", { name: /^Layout: / });
    const layouts: (string | null)[] = [];
    for (const _ of ["one", "two", "four"]) {
      layouts.push(await layout.getAttribute("aria-label"));
      await press("\\");
      await filmUp(page);
      await expect.poll(() => brightness(page)).toBeGreaterThan(20);
    }
    expect(layouts.sort()).toEqual(["Layout: 1 film", "Layout: 2 films", "Layout: 4 films"]);
    await press("q", "Backspace", "Backspace");
    await expect(effusion).not.toContainText("region");
  });
}

test("a reader's own keys hold in the room, and one that collides is refused", async ({
  administratorPage: page,
}) => {
  await page.goto("/reading/keys");
  const choose = async (name: RegExp, key: string) => {
    await page.getByRole("button", { name }).click();
    await page.keyboard.press(key);
  };
  await choose(/^flag: F/, "c");
  await expect(page.getByText("C is already the key for “Cardiomegaly”.")).toBeVisible();
  await choose(/^flag: F/, "2");
  await expect(page.getByText("2 stays as in other viewers: window: lungs.")).toBeVisible();
  await choose(/^flag: F/, "y");
  await expect(page.getByText("1 key is your own")).toBeVisible();

  await openRoom(page);
  await page.keyboard.press("f");
  await expect(page.getByRole("button", { name: "Flag Y" })).toHaveAttribute("aria-pressed", "false");
  await page.keyboard.press("y");
  await expect(page.getByRole("button", { name: "Flagged Y" })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog").getByText("flag", { exact: true }).locator("..")).toContainText("Y");
  await page.keyboard.press("Escape");
  await page.keyboard.press("y");
  await page.goto("/reading/keys");
  await page.getByRole("button", { name: "Back to the defaults" }).click();
  await expect(page.getByRole("button", { name: /^flag: F/ })).toBeVisible();
});

for (const theme of ["dark", "light"] as const) {
  test(`the reading room has no serious accessibility fault in the ${theme} theme`, async ({
    administratorPage: page,
  }) => {
    await openRoom(page);
    // React Aria's announcer speaks for seven seconds of the form's choice, which is gone with the form.
    await page.reload();
    await filmUp(page);
    // With a last read below the findings, and a suggestion.
    for (const key of ["c", "Enter"]) await page.keyboard.press(key);
    await expect(page.getByRole("region", { name: "Last read" })).toContainText("submitted");
    await filmUp(page);
    await page.keyboard.press("p");
    await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
}

/** A worklist of the journey's own: a draft that another left behind would answer the same keys otherwise. */
async function openRoom(page: Page): Promise<void> {
  const { title, retry } = test.info();
  await openWorklist(page, `${title} ${retry}`, "chexpert");
  await filmUp(page);
}

/** From the middle of the film to the right and down. */
async function drawByKeys(page: Page): Promise<void> {
  await page.keyboard.press("Space");
  for (const arrow of ["ArrowRight", "ArrowRight", "ArrowDown"]) await page.keyboard.press(arrow);
  await page.keyboard.press("Space");
}

/** The mean grey value of the middle of the film as it is drawn. */
async function brightness(page: Page): Promise<number> {
  return currentFilm(page)
    .locator("canvas")
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const side = 200;
      const [x, y] = [(canvas.width - side) / 2, (canvas.height - side) / 2];
      const pixels = canvas.getContext("2d")?.getImageData(x, y, side, side).data ?? new Uint8ClampedArray();
      let sum = 0;
      for (let at = 0; at < pixels.length; at += 4) sum += pixels[at] ?? 0;
      return sum / (side * side);
    });
}
