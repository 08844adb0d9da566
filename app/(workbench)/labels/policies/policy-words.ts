import type { LabelPolicy } from "@/server/labels/policy";

export const uncertainWords: Readonly<Record<LabelPolicy["uncertain"], string>> = {
  "U-Ignore": "left out",
  "U-Zeros": "as negative",
  "U-Ones": "as positive",
  "U-MultiClass": "a class of its own",
};

export const blankWords: Readonly<Record<LabelPolicy["blank"], string>> = {
  negative: "as negative",
  missing: "left out",
};
