/** The columns of CheXpert's train.csv before the findings. */
export const factColumns = ["Path", "Sex", "Age", "Frontal/Lateral", "AP/PA"] as const;

/** CheXpert's fourteen in the order of its columns. */
export const findingColumns = [
  "No Finding",
  "Enlarged Cardiomediastinum",
  "Cardiomegaly",
  "Lung Opacity",
  "Lung Lesion",
  "Edema",
  "Consolidation",
  "Pneumonia",
  "Atelectasis",
  "Pneumothorax",
  "Pleural Effusion",
  "Pleural Other",
  "Fracture",
  "Support Devices",
] as const;
