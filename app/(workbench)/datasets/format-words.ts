const words: Readonly<Record<string, string>> = {
  chexpert: "CheXpert",
  "covid-chestxray": "covid-chestxray",
  dicom: "DICOM",
};

/** A format as its makers write it. */
export function formatWords(format: string): string {
  return words[format] ?? format;
}
