import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures";

const places = [
  "/",
  "/datasets",
  "/images",
  "/reading",
  "/reading/new",
  "/reading/keys",
  "/labels",
  "/labels/differences",
  "/labels/policies",
  "/labels/vocabulary",
  "/cohorts",
  "/training",
  "/training/sweeps",
  "/models",
  "/datasets/import",
  "/admin/people",
  "/admin/audit",
  "/admin/system",
];

for (const theme of ["dark", "light"] as const) {
  test(`no page has a serious accessibility fault in the ${theme} theme`, async ({
    administratorPage: page,
  }) => {
    for (const place of places) {
      await page.goto(place);
      await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
      await expect(page.getByRole("main").getByRole("heading").first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(serious.map(({ id, nodes }) => `${place} ${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
  });
}
