import type { DatasetFormat } from "./format";

/** DICOM files in folders: each tells its patient, study and view (server/datasets/dicom). */
export const dicom: DatasetFormat = {
  kind: "files",
  name: "dicom",
  title: "DICOM",
  defaultDataset: "dicom",
};
