/** People of the demo, and of the demo only: a real installation starts without any account. */
export const demoAccounts = [
  { role: "reader", name: "Rhea Reader", email: "reader@demo.overread", password: "overread demo account" },
  {
    role: "adjudicator",
    name: "Adam Adjudicator",
    email: "adjudicator@demo.overread",
    password: "overread demo account",
  },
  {
    role: "administrator",
    name: "Ada Admin",
    email: "admin@demo.overread",
    password: "overread demo account",
  },
] as const;
