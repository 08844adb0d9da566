import path from "node:path";
import type { Page } from "@playwright/test";
import { expect, signIn, test } from "./fixtures";
import { importFolder } from "./pages/import-page";
import { inviteReader } from "./pages/people-page";
import { currentFilm, filmUp, openWorklist } from "./pages/reading-pages";

const list = "Read while the line is cut";

test("reads queue while the connection is gone, survive a reload and arrive once", async ({
  administratorPage: page,
  context,
  installation: { films },
}) => {
  await importFolder(page, "CheXpert", path.join(films, "CheXpert-v1.0-small"));
  await openWorklist(page, list, "chexpert");
  const first = await filmUp(page);
  await expect(page.getByText("All reads saved")).toBeVisible();
  // What she adjudicated in another journey is not hers to read: it counts as dealt with.
  const count = await page.getByText(/^\d+ of \d+$/).textContent();
  const before = Number.parseInt(count ?? "", 10);
  const twoMore = new RegExp(`^${before + 2} of \\d+$`);
  // The studies ahead are in hand: their films are fetched by the time that somebody has looked at this one.
  await page.waitForLoadState("networkidle");

  await context.setOffline(true);
  await page.keyboard.press("c");
  await page.keyboard.press("Enter");
  await expect(currentFilm(page)).not.toHaveAttribute("data-shown", first);
  await filmUp(page);
  await page.keyboard.press("g");
  await page.keyboard.press("Enter");
  await expect(page.getByText("2 unsent")).toBeVisible();
  await expect(page.getByText("The server cannot be reached.")).toBeVisible();
  await filmUp(page);
  // Typed and neither submitted nor sent as a draft.
  await page.keyboard.press("t");
  await expect(page.getByText("1 set")).toBeVisible();

  await page.reload().catch(() => undefined);
  await context.setOffline(false);
  await page.goto("/reading");
  await enter(page);
  await expect(page.getByText("All reads saved")).toBeVisible();
  await expect(page.getByText("1 set")).toBeVisible();
  await expect(page.getByText(twoMore)).toBeVisible();
  await page.reload();
  await expect(page.getByText("1 set")).toBeVisible();
  await expect(page.getByText(twoMore)).toBeVisible();
});

test("a second window says what the first has ended, and loses nothing typed", async ({
  administratorPage: page,
  context,
}) => {
  await openWorklist(page, "Read in two windows", "chexpert");
  await filmUp(page);
  const second = await context.newPage();
  await second.goto(page.url());
  const film = await filmUp(second);
  await expect(currentFilm(page)).toHaveAttribute("data-shown", film);
  await second.keyboard.press("h");
  await expect(second.getByText("1 set")).toBeVisible();

  await page.bringToFront();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Last read" })).toContainText("submitted");
  await second.bringToFront();
  await second.keyboard.press("Enter");
  const last = second.getByRole("region", { name: "Last read" });
  await expect(last).toContainText("You have submitted this study already, in another window.");
  await expect(last).toContainText("Pleural other positive");
  await expect(second.getByText("All reads saved")).toBeVisible();
});

test("a reader who is disabled in the middle of a study is told so, and what she typed waits for her", async ({
  administratorPage: page,
  browser,
}) => {
  const reader = {
    email: "rita@journey.example",
    name: "Rita Reader",
    password: "the films hang in good order",
  };
  const hers = await inviteReader(page, browser, reader);
  await hers.goto("/reading");
  await enter(hers);
  await filmUp(hers);
  await hers.keyboard.press("p");

  await setDisabled(page, "Disable");
  await hers.keyboard.press("Enter");
  await expect(hers.getByText("Your account was disabled; ask an administrator.")).toBeVisible();
  await expect(hers.getByText("1 unsent")).toBeVisible();
  await setDisabled(page, "Enable");
  await signIn(await hers.context().newPage(), reader);
  await expect(hers.getByText("All reads saved")).toBeVisible();
});

/** In the table of people. */
async function setDisabled(page: Page, act: "Disable" | "Enable"): Promise<void> {
  await page.goto("/admin/people");
  const row = page.getByRole("row", { name: /Rita Reader/ });
  await row.getByRole("button", { name: act }).click();
  await expect(row.getByRole("button", { name: act === "Disable" ? "Enable" : "Disable" })).toBeVisible();
}

async function enter(page: Page): Promise<void> {
  await page
    .getByRole("row", { name: new RegExp(list) })
    .getByRole("link", { name: "Read next" })
    .click();
  await filmUp(page);
}
