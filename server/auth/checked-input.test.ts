import { expect, it } from "vitest";
import { z } from "zod";
import { checkedInput } from "./checked-input";

const schema = z.object({
  add: z.object({ key: z.string().regex(/^[A-Z]$/, "A key is one letter from A to Z.") }).optional(),
  batchSize: z.int().min(1).default(16),
  classes: z.array(z.object({ name: z.string() })).default([]),
});

it.each([
  { raw: { add: { key: "?" } }, message: "A key is one letter from A to Z.", field: "add.key" },
  { raw: { batchSize: 0 }, message: /^Batch size: Too small/, field: "batchSize" },
  {
    raw: { classes: [{ name: "ill" }, { name: 3 }] },
    message: /^Name: Invalid input/,
    field: "classes.1.name",
  },
  { raw: "nothing", message: /^Invalid input/, field: "" },
])("a fault of $field is told in words, its path beside them", ({ raw, message, field }) => {
  const answer = checkedInput(schema, raw);
  expect(answer).toMatchObject({
    ok: false,
    code: "invalid",
    message: expect.stringMatching(message),
    detail: { fields: [{ field, message: expect.stringMatching(message) }] },
  });
});

it("input that fits is handed on as the schema reads it", () => {
  expect(checkedInput(schema, {})).toEqual({ ok: true, value: { batchSize: 16, classes: [] } });
});
