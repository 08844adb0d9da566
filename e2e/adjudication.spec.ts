import { writeFile } from "node:fs/promises";
import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { importFolder } from "./pages/import-page";
import { overread } from "./pages/shell";
import type { UnderTest } from "./start-overread";

const list = "Read twice by two";

test("studies that two readers read differently are adjudicated wholly by keyboard, and their agreement is shown", async ({
  administratorPage: page,
  installation,
}) => {
  await importFolder(page, "CheXpert", path.join(installation.films, "CheXpert-v1.0-small"));
  await readTwoStudiesTwice(installation);
  await page.goto("/reading");
  await page.getByRole("link", { name: `Adjudicate 2 of ${list}` }).click();
  const sides = page.getByRole("table", { name: "What the readers differ on" });
  await expect(sides).toContainText("Reader 1");
  await expect(page.getByRole("img", { name: /^Film of/ })).toHaveAttribute("data-shown", /\d+/);
  await withoutSeriousFaults(page);

  await page.keyboard.press("Enter");
  await expect(page.getByText("2 findings are not settled yet.")).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("button", { name: "Cardiomegaly: take Reader 1, positive" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  // A region belongs to the finding decided last; arrows and Space draw it.
  for (const key of ["b", "Space", "ArrowRight", "ArrowDown", "Space"]) await page.keyboard.press(key);
  const drawn = page.getByRole("button", { name: "Remove the rectangle by you: Cardiomegaly" });
  await expect(drawn).toBeVisible();
  // What neither side says costs one key, too.
  await page.keyboard.press("d");
  await expect(page.getByText("2 of 2 settled")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByText("0 of 2 settled")).toBeVisible();
  await page.keyboard.press("u");
  await expect(page.getByText("2 of 2 settled")).toBeVisible();
  await expect(drawn).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByText("0 of 2 settled")).toBeVisible();
  for (const key of ["ArrowRight", "ArrowRight", "Enter"]) await page.keyboard.press(key);
  await expect(page.getByText(`No disagreement of “${list}” is left for you.`)).toBeVisible();

  await page.goto("/reading");
  await page.getByRole("link", { name: list, exact: true }).click();
  await page.getByRole("link", { name: "Agreement" }).click();
  const figures = page.getByRole("table", { name: "Agreement per finding" });
  await expect(figures.getByRole("row", { name: /^Cardiomegaly 2/ })).toBeVisible();
  await expect(page.getByRole("table", { name: "Readers and model against the consensus" })).toBeVisible();
  await withoutSeriousFaults(page);
});

/** Two readers' reads of two studies, made elsewhere: they differ on two findings of each. */
async function readTwoStudiesTwice(installation: UnderTest): Promise<void> {
  for (const reader of ["first", "second"]) {
    await overread(installation, "user", "add", `${reader}@twice.example`, "--role", "reader");
  }
  await overread(
    installation,
    "worklist",
    "create",
    list,
    "--kind",
    "random",
    "--dataset",
    "chexpert",
    "--reads",
    "2",
  );
  const listed = await overread(installation, "image", "list", "--dataset", "chexpert", "--limit", "50");
  const { rows } = listed as { rows: { path: string }[] };
  const studies = [...new Set(rows.map((row) => path.dirname(row.path)))].slice(0, 2);
  const lines = studies.flatMap((study) => [
    `${study},first@twice.example,1,`,
    `${study},second@twice.example,0,1`,
  ]);
  const csv = path.join(installation.dataFolder, "twice.csv");
  await writeFile(csv, ["study,reader,Cardiomegaly,Edema", ...lines].join("\n"));
  await overread(installation, "read", "import", csv, "--worklist", list);
}

async function withoutSeriousFaults(page: Page): Promise<void> {
  for (const theme of ["dark", "light"]) {
    await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => `${theme}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
}
