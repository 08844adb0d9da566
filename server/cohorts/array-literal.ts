/**
 * A PostgreSQL array literal: a list of any length as one parameter (`${arrayLiteral(ids)}::bigint[]`).
 * @example arrayLiteral([1, null, 'a "b"']) // {"1",NULL,"a \"b\""}
 */
export function arrayLiteral(values: Iterable<string | number | null>): string {
  return `{${Array.from(values, literal).join(",")}}`;
}

function literal(value: string | number | null): string {
  if (value === null) return "NULL";
  return typeof value === "number" ? String(value) : `"${value.replace(/["\\]/g, "\\$&")}"`;
}
