import { expect, test } from "@playwright/test";

test("pages lead a stranger to the sign-in, and tell nothing else", async ({ page }) => {
  await page.goto("/splits/1");
  await expect(page).toHaveURL(/\/sign-in\?from=/);
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("a POST from another site, or from none, is refused before anything else", async ({ request }) => {
  for (const origin of ["https://evil.example", "null", undefined]) {
    const headers: Record<string, string> = origin === undefined ? {} : { origin };
    const answer = await request.post("/api/reading/submit", { headers, data: {} });
    expect(answer.status()).toBe(403);
    const action = await request.post("/training", {
      headers: { ...headers, "next-action": "0".repeat(40) },
      data: [],
    });
    expect(action.status()).toBe(403);
  }
});

test("films are not for strangers, and a foreign number tells nothing", async ({ request }) => {
  for (const path of [
    "/api/images/1",
    "/api/images/1/thumbnail",
    "/api/images/999999",
    "/api/runs/1/events",
  ]) {
    expect((await request.get(path)).status()).toBe(401);
  }
});
