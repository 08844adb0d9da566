import { readFileSync } from "node:fs";
import { test as base, expect, type Page } from "@playwright/test";
import { stateFile, type UnderTest } from "./start-overread";

export const administrator = {
  email: "ada@journey.example",
  name: "Ada Journey",
  password: "a calm and quiet reading room",
};

type Fixtures = {
  installation: UnderTest;
  /** Signed in as the installation's first administrator, who is made when first needed. */
  administratorPage: Page;
};

export const test = base.extend<Fixtures>({
  installation: async ({ browserName: _ }, use) => {
    await use(JSON.parse(readFileSync(stateFile, "utf8")) as UnderTest);
  },
  administratorPage: async ({ page, installation }, use) => {
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    await page.goto(installation.firstAdministrator);
    if (await page.getByRole("heading", { name: "First administrator" }).isVisible()) {
      await page.getByLabel("E-mail").fill(administrator.email);
      await page.getByLabel("Your name").fill(administrator.name);
      await page.getByLabel("Password").fill(administrator.password);
      await page.getByRole("button", { name: "Make my account" }).click();
    } else {
      await signIn(page, administrator);
    }
    await expect(
      page
        .getByRole("navigation", { name: "Places" })
        .or(page.getByRole("link", { name: "Overview" }))
        .first(),
    ).toBeVisible();
    await use(page);
    expect(problems, "errors thrown in the browser").toEqual([]);
  },
});

export async function signIn(page: Page, person: { email: string; password: string }): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

export { expect };
