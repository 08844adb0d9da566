import path from "node:path";
import { expect, test } from "./fixtures";
import { importFolder } from "./pages/import-page";
import { currentFilm, filmUp, openWorklist, readByKeyboard } from "./pages/reading-pages";
import { overread } from "./pages/shell";
import { drawSplit, makeCohort, mend } from "./pages/split-pages";

test("from two datasets to the worst error, and back into the reading queue", async ({
  administratorPage: page,
  installation,
}) => {
  const { films } = installation;
  let run = "";
  await test.step("import CheXpert and COVID", async () => {
    await importFolder(page, "CheXpert", path.join(films, "CheXpert-v1.0-small"));
    await importFolder(page, "covid-chestxray-dataset", path.join(films, "covid-chestxray-dataset"));
    await page.goto("/datasets");
    await expect(page.getByRole("link", { name: "covid-chestxray-dataset" })).toBeVisible();
  });

  await test.step("read three uncertain studies by keyboard", async () => {
    await openWorklist(page, "Doubtful", "chexpert");
    await readByKeyboard(page, ["c", "e"]);
    await readByKeyboard(page, ["p", "o"]);
    await readByKeyboard(page, ["n"]);
    await page.goto("/reading");
    await expect(page.getByRole("row", { name: /Doubtful/ })).toContainText("3 of");
  });

  await test.step("freeze the labels", async () => {
    await page.goto("/labels");
    await page.getByLabel("Name").fill("after three reads");
    await page.getByRole("button", { name: "Freeze labels" }).click();
    await expect(page.getByText(/“after three reads” holds the labels of/)).toBeVisible();
  });

  await test.step("split by image, see the leak, mend it", async () => {
    await makeCohort(page, "COVID against the rest", path.join(films, "cohort.csv"));
    await drawSplit(page, "by image");
    await expect(page.getByRole("heading", { level: 1 })).toContainText(
      /share a patient|are the same film|with training/,
    );
    await expect(page.getByRole("region", { name: /leaks/i })).toBeVisible();
    await mend(page, "by patient");
  });

  await test.step("train on the mended split", async () => {
    await page.goto("/training");
    await page
      .getByRole("button", { name: /^Split|Split$/ })
      .first()
      .click();
    await page.getByRole("option", { name: /by patient/ }).click();
    await page.getByRole("button", { name: /Network/ }).click();
    await page.getByRole("option", { name: /Compact/ }).click();
    await page.goto(`${page.url()}${page.url().includes("?") ? "&" : "?"}epochs=3`);
    await page.getByRole("button", { name: "Launch run" }).click();
    await page.waitForURL(/\/training\/\d+/);
    run = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    await expect(page.getByRole("link", { name: "Review its errors" })).toBeVisible({ timeout: 150_000 });
  });

  await test.step("open the worst error with its overlay and send it to reading", async () => {
    await page.getByRole("link", { name: "Review its errors" }).click();
    await expect(page.getByRole("list", { name: "Misclassified films, worst first" })).toBeVisible();
    const side = page.getByRole("complementary", { name: "Chosen film" });
    await expect(side).toContainText("HiResCAM");
    await page.keyboard.press("h");
    await page.getByRole("button", { name: "Send to reading" }).click();
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByRole("link", { name: "Open the worklist" }).click();
    await page.waitForURL(/\/reading\/\d+$/);
    await expect(page.getByRole("heading", { name: "Findings" })).toBeVisible();
    // It is read blind.
    await filmUp(page);
    await expect(page.getByRole("toolbar").getByRole("button", { name: /^Overlay/ })).toHaveCount(0);
  });

  await test.step("lay over an error, in an open list, what the run used of it", async () => {
    const list = "Errors in the open";
    await overread(
      installation,
      "worklist",
      "create",
      list,
      "--kind",
      "misclassified",
      "--run",
      run,
      "--open",
    );
    await page.goto("/reading");
    await page
      .getByRole("row", { name: new RegExp(list) })
      .getByRole("link", { name: "Read next" })
      .click();
    await filmUp(page);
    const map = currentFilm(page).locator("img");
    await expect(map).toHaveCount(0);
    // One that does not come does not pass for an empty one.
    await page.route("**/api/reading/overlays/**", (route) => route.abort(), { times: 1 });
    await page.keyboard.press("/");
    await expect(page.getByText("The overlay could not be loaded")).toBeVisible();
    await page.keyboard.press("/");
    await page.keyboard.press("/");
    await expect(page.getByRole("region", { name: "Overlay" })).toContainText(`Run ${run}: `);
    await expect(map).toHaveJSProperty("naturalWidth", 512);
    await expect(map).toHaveCSS("opacity", "0.6");
    await page.keyboard.press("PageUp");
    await expect(map).toHaveCSS("opacity", "0.7");
  });
});
