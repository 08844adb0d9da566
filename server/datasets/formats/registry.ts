import { chexpert } from "./chexpert";
import { covidChestxray } from "./covid-chestxray";
import { dicom } from "./dicom";
import type { DatasetFormat } from "./format";

/** Every dataset format that can be imported. */
export const datasetFormats: readonly DatasetFormat[] = [chexpert, covidChestxray, dicom];
export const formatNames = ["chexpert", "covid-chestxray", "dicom"] as const;

export function datasetFormat(name: (typeof formatNames)[number]): DatasetFormat {
  const format = datasetFormats.find((candidate) => candidate.name === name);
  if (!format) throw new Error(`no dataset format ${name}`);
  return format;
}
