import type { LabelPolicy } from "@/server/labels/policy";

export const uncertainWords: Readonly<Record<LabelPolicy["uncertain"], string>> = {
  "U-Ignore": "uncertain left out",
  "U-Zeros": "uncertain as negative",
  "U-Ones": "uncertain as positive",
  "U-MultiClass": "uncertain a class of its own",
};

export const blankWords: Readonly<Record<LabelPolicy["blank"], string>> = {
  negative: "blank as negative",
  missing: "blank left out",
};
