export const roles = ["reader", "adjudicator", "scientist", "administrator"] as const;
export type Role = (typeof roles)[number];

/** Who may do what. The one table that every command and query asks; nothing else decides. */
const table = {
  "images.view": ["reader", "adjudicator", "scientist", "administrator"],
  "datasets.view": ["reader", "adjudicator", "scientist", "administrator"],
  "datasets.import": ["scientist", "administrator"],
  "quarantine.decide": ["scientist", "administrator"],
  "reading.read": ["reader", "adjudicator", "administrator"],
  "reading.adjudicate": ["adjudicator", "administrator"],
  "worklists.view": ["reader", "adjudicator", "scientist", "administrator"],
  "worklists.manage": ["adjudicator", "scientist", "administrator"],
  "reads.import": ["scientist", "administrator"],
  "labels.view": ["adjudicator", "scientist", "administrator"],
  "labels.freeze": ["adjudicator", "scientist", "administrator"],
  "labels.export": ["adjudicator", "scientist", "administrator"],
  "vocabulary.manage": ["administrator"],
  "cohorts.view": ["adjudicator", "scientist", "administrator"],
  "cohorts.manage": ["scientist", "administrator"],
  "splits.view": ["adjudicator", "scientist", "administrator"],
  "splits.manage": ["scientist", "administrator"],
  "training.view": ["adjudicator", "scientist", "administrator"],
  "training.launch": ["scientist", "administrator"],
  "weights.import": ["scientist", "administrator"],
  "models.view": ["adjudicator", "scientist", "administrator"],
  "people.manage": ["administrator"],
  "audit.view": ["administrator"],
  "self.manage": ["reader", "adjudicator", "scientist", "administrator"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof table;
export const permissions = Object.keys(table) as Permission[];

/** Whether a role holds a permission. */
export function allows(role: Role, permission: Permission): boolean {
  return (table[permission] as readonly Role[]).includes(role);
}
