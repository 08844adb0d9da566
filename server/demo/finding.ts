/** What the phantom can show: CheXpert's findings less "No Finding", and COVID-19. */
export const drawnFindings = [
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
  "COVID-19",
] as const;
export type DrawnFinding = (typeof drawnFindings)[number];

/** How strongly a finding stands on the film: 0 (or left out) not at all, 1 for every reader. */
export type Severities = Readonly<Partial<Record<DrawnFinding, number>>>;

export type View = "PA" | "AP" | "AP Supine" | "Lateral";
