import type { DataSet } from "dicom-parser";
import { keptAttributes, type Treatment } from "./attributes";
import { type LookupTable, lookupTable } from "./lookup-table";

export type ElementValue = number | string | ArrayBuffer | Elements;
/** A data set as dcmjs writes it: by tag, values with their VR. */
export type Elements = { [tag: string]: { readonly vr: string; readonly Value: readonly ElementValue[] } };

/** What of a header may stay (`keptAttributes`), read and checked: what is no such value is left out. */
export function keptValues(header: DataSet, signed: boolean): Elements {
  const kept: Elements = {};
  for (const treatment of keptAttributes) {
    const values = valuesOf(header, treatment);
    if (values.length > 0) kept[treatment.tag] = { vr: treatment.vr, Value: values };
  }
  const padding = signed ? header.int16("x00280120") : header.uint16("x00280120");
  if (padding !== undefined) kept["00280120"] = { vr: signed ? "SS" : "US", Value: [padding] };
  const tables: readonly (readonly [string, LookupTable | null])[] = [
    ["00283000", lookupTable(header, "x00283000", signed)],
    ["00283010", lookupTable(header, "x00283010", signed)],
  ];
  for (const [tag, table] of tables) {
    if (table) kept[tag] = { vr: "SQ", Value: [tableItem(table, tag === "00283000", signed)] };
  }
  return kept;
}

/** What numbers a film's header holds: no longer ones, which could be somebody's number. */
const decimal = /^[+-]?\d{1,6}(\.\d{0,10})?([eE][+-]?\d{1,2})?$/;
const integer = /^[+-]?\d{1,5}$/;
const imageClass = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.[0-9.]{1,12}$/;

function valuesOf(header: DataSet, treatment: Treatment): (number | string)[] {
  const tag = `x${treatment.tag}`;
  if (!header.elements[tag]?.length) return [];
  if (treatment.vr === "US") return numberOrNone(header.uint16(tag));
  if (treatment.vr === "SS") return numberOrNone(header.int16(tag));
  const texts = (header.string(tag) ?? "").split("\\").map((text) => text.replace(/\0/g, "").trim());
  if (treatment.vr === "UI") return texts.filter((text) => imageClass.test(text)).slice(0, 1);
  if (treatment.vr === "DS") return allOrNone(texts, decimal);
  if (treatment.vr === "IS") return allOrNone(texts, integer);
  return "terms" in treatment ? texts.filter((text) => treatment.terms.test(text)) : [];
}

function numberOrNone(value: number | undefined): number[] {
  return value === undefined ? [] : [value];
}

/** A spacing without one of its two numbers would mean something else. */
function allOrNone(texts: readonly string[], shape: RegExp): string[] {
  return texts.every((text) => shape.test(text)) ? texts.slice(0, 16) : [];
}

function tableItem({ first, bits, values }: LookupTable, isModality: boolean, signed: boolean): Elements {
  const entries = values.length === 65_536 ? 0 : values.length;
  const item: Elements = {
    "00283002": { vr: signed ? "SS" : "US", Value: [entries, first, bits] },
    "00283006": { vr: "OW", Value: [Uint16Array.from(values).buffer] },
  };
  return isModality ? { ...item, "00283004": { vr: "LO", Value: ["US"] } } : item;
}
