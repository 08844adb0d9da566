import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { database } from "@/server/db/client";
import { testDatabase } from "@/server/testing/database";
import { arrayLiteral } from "./array-literal";

testDatabase();

it("reaches the database as the values that it was made of", async () => {
  const values = ["a", 'a "quoted" one', "back\\slash", "com,ma", "{brace}", "NULL", "", "ü\n2", null];
  const rows = await database().execute<{ value: string | null }>(
    sql`select value from unnest(${arrayLiteral(values)}::text[]) as value`,
  );
  expect(rows.map((row) => row.value)).toEqual(values);
});
