import { mkdir } from "node:fs/promises";
import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import sharp from "sharp";
import { writeTar } from "@/server/datasets/archive/archives.fixture";
import { phantom } from "@/server/images/dicom/dicom.fixture";
import { administrator, expect, test } from "./fixtures";
import { importUpload } from "./pages/import-page";
import { inviteReader } from "./pages/people-page";
import { currentFilm, filmUp } from "./pages/reading-pages";

const reader = {
  email: "rolf@dicom.example",
  name: "Rolf Reader",
  password: "films wait until they are seen",
};
const width = 480;

/** A drawn film as a secondary capture that says nothing of text, with words in a corner. */
async function captured(words: string, number: number): Promise<Buffer> {
  const lungs = `<ellipse cx="150" cy="250" rx="80" ry="150" fill="#444"/><ellipse cx="330" cy="250" rx="80" ry="150" fill="#444"/>`;
  const text = `<text x="16" y="${40 + number}" font-size="26" fill="#fff">${words}</text>`;
  const drawn = `<svg width="${width}" height="${width}"><rect width="100%" height="100%" fill="#888"/>${lungs}${text}</svg>`;
  const pixels = await sharp(Buffer.from(drawn)).greyscale().toColourspace("b-w").raw().toBuffer();
  const one = (vr: string, ...Value: (string | number)[]) => ({ vr, Value });
  return phantom({
    "00080016": one("UI", "1.2.840.10008.5.1.4.1.1.7"),
    "00080018": one("UI", `1.2.3.9.1.${number}`),
    "0020000D": one("UI", `1.2.3.9.2.${number}`),
    "00100010": one("PN", "Mustermann^Erika"),
    "00100020": one("LO", `MUSTERMANN-${number}`),
    "00280010": one("US", width),
    "00280011": one("US", width),
    "00280100": one("US", 8),
    "00280101": one("US", 8),
    "00280102": one("US", 7),
    "7FE00010": { vr: "OB", Value: [Uint8Array.from(pixels).buffer] },
  });
}

test("films with suspected text wait in quarantine, a person decides, and the trail names who", async ({
  administratorPage: page,
  browser,
}, info) => {
  await mkdir(info.outputDir, { recursive: true });
  const archive = path.join(info.outputDir, "films.tar.gz");
  await writeTar(
    archive,
    [
      { name: "harmless/IM1", content: await captured("AP ERECT", 1) },
      { name: "telling/IM2", content: await captured("Mustermann Erika", 2) },
    ],
    true,
  );
  await importUpload(page, { dataset: "waiting", file: archive });
  await expect(page.getByRole("heading", { name: "Done" })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("2 films are in quarantine")).toBeVisible();

  const hers = await inviteReader(page, browser, reader);
  await page.goto("/datasets/quarantine");
  const waiting = page.getByRole("list", { name: "Films in quarantine" }).getByRole("listitem");
  await expect(waiting).toHaveCount(2);
  const id = await waiting.first().locator("[data-film]").getAttribute("data-film");
  await test.step("for readers they are not there", async () => {
    await hers.goto("/datasets/waiting");
    await expect(hers.getByText("No images in it")).toBeVisible();
    expect((await hers.goto("/datasets/quarantine"))?.status()).toBe(404);
    for (const picture of ["", "/every-value", "/thumbnail"]) {
      expect((await hers.request.get(`/api/quarantine/${id}${picture}`)).status()).toBe(403);
      expect((await page.request.get(`/api/quarantine/${id}${picture}`)).status()).toBe(200);
    }
  });

  await test.step("the page is fit for everybody, in both themes", async () => {
    await expect(page.getByRole("img", { name: /film of P/ }).first()).toBeVisible();
    for (const theme of ["dark", "light"]) {
      await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(serious.map(({ id, nodes }) => `${theme} ${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
  });

  await test.step("one is cleared, the other rejected", async () => {
    const side = page.getByRole("complementary", { name: "Film to decide about" });
    await expect(side).toContainText("it is a secondary capture");
    await side.getByRole("button", { name: /Clear this film/ }).click();
    await expect(waiting).toHaveCount(1);
    await side.getByRole("button", { name: "Reject this film" }).click();
    await page.getByRole("button", { name: "Reject and delete" }).click();
    await expect(page.getByText("No film waits")).toBeVisible();
  });

  await test.step("the cleared one is read, without a name anywhere", async () => {
    await page.goto("/images?dataset=waiting");
    await expect(page.getByRole("heading", { level: 1 })).toContainText(/^1 (of|image)/);
    await page.getByRole("link", { name: "Worklist from this" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Cleared films");
    await page.getByRole("button", { name: "Make the worklist" }).click();
    await page.waitForURL(/\/reading\/\d+\/progress/);
    await hers.goto("/reading");
    await hers
      .getByRole("row", { name: /Cleared films/ })
      .getByRole("link", { name: /Read/ })
      .click();
    await filmUp(hers);
    await expect(currentFilm(hers)).toBeVisible();
    expect(await hers.content()).not.toMatch(/mustermann|erika/i);
  });

  await test.step("the trail says who decided", async () => {
    for (const act of ["cleared", "rejected"]) {
      await page.goto(`/admin/audit?action=quarantine.${act}`);
      await expect(page.getByRole("row", { name: new RegExp(`quarantine\\.${act}`) })).toHaveCount(1);
      await expect(page.getByRole("row", { name: new RegExp(`quarantine\\.${act}`) })).toContainText(
        administrator.email,
      );
    }
  });

  await test.step("the same archive again takes neither anew, and refuses the rejected one", async () => {
    await importUpload(page, { dataset: "waiting", file: archive });
    await expect(page.getByText("it was rejected in quarantine")).toBeVisible({ timeout: 60_000 });
    await page.goto("/datasets/quarantine");
    await expect(page.getByText("No film waits")).toBeVisible();
  });
});

test("what is no DICOM file, or half of one, is refused with the reason", async ({
  administratorPage: page,
}) => {
  const whole = await captured("AP", 3);
  const broken = [
    {
      name: "page.html",
      content: Buffer.from("<html>no film</html>".repeat(40)),
      says: /neither an archive nor a DICOM file/,
    },
    { name: "half.dcm", content: whole.subarray(0, whole.length / 2), says: /cut short/ },
    { name: "header.dcm", content: whole.subarray(0, 300), says: /cut short or broken|no pixel data/ },
  ];
  for (const { name, content, says } of broken) {
    await importUpload(page, {
      dataset: "broken",
      file: { name, mimeType: "application/dicom", buffer: content },
    });
    await expect(page.getByRole("main")).toContainText(says, { timeout: 60_000 });
    await expect(page.getByText(/Nothing was (taken|imported)/)).toBeVisible();
  }
});
