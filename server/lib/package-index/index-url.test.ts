import { expect, test } from "vitest";
import { indexUrlIn } from "./index-url";

test.each([
  {
    what: "in [global]",
    text: "[global]\nindex-url = https://mirror.test/simple\n",
    url: "https://mirror.test/simple",
  },
  {
    what: "with an underscore",
    text: "[global]\nindex_url: https://mirror.test/\n",
    url: "https://mirror.test/",
  },
  {
    what: "for downloads alone, which wins",
    text: "[download]\nindex-url = https://down.test/\n[global]\nindex-url = https://mirror.test/\n",
    url: "https://down.test/",
  },
  { what: "for another command only", text: "[search]\nindex-url = https://mirror.test/\n", url: undefined },
  {
    what: "nowhere",
    text: "[global]\nextra-index-url = https://more.test/\n# index-url = https://no.test\n",
    url: undefined,
  },
])("pip's index $what", ({ text, url }) => {
  expect(indexUrlIn(text)).toBe(url);
});
