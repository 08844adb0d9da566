import type { Browser, Page } from "@playwright/test";

export type Invited = { readonly email: string; readonly name: string; readonly password: string };

/** Invites a reader at the administrator's page; she makes her account at a browser of her own, which is returned. */
export async function inviteReader(page: Page, browser: Browser, reader: Invited): Promise<Page> {
  await page.goto("/admin/people");
  await page.getByRole("button", { name: "Invite a person" }).click();
  await page.getByLabel("E-mail").fill(reader.email);
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = (await page.getByRole("dialog").locator("code").textContent()) ?? "";
  const hers = await (await browser.newContext()).newPage();
  await hers.goto(link);
  await hers.getByLabel("Your name").fill(reader.name);
  await hers.getByLabel("Password").fill(reader.password);
  await hers.getByRole("button", { name: "Make my account" }).click();
  await hers.waitForURL((url) => url.pathname === "/");
  return hers;
}
