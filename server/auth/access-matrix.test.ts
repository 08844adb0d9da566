import { describe, expect, it } from "vitest";
import { type Actor, may } from "./actor";
import { allows, type Permission, permissions, type Role, roles } from "./permissions";

// The whole table once more, written out: a change of rights must be made in two places, on purpose.
const table = `
                    reader  adjudicator  scientist  administrator
images.view         yes     yes          yes        yes
datasets.view       yes     yes          yes        yes
datasets.import     no      no           yes        yes
quarantine.decide   no      no           yes        yes
reading.read        yes     yes          no         yes
reading.adjudicate  no      yes          no         yes
worklists.view      yes     yes          yes        yes
worklists.manage    no      yes          yes        yes
reads.import        no      no           yes        yes
labels.view         no      yes          yes        yes
labels.freeze       no      yes          yes        yes
labels.export       no      yes          yes        yes
vocabulary.manage   no      no           no         yes
cohorts.view        no      yes          yes        yes
cohorts.manage      no      no           yes        yes
splits.view         no      yes          yes        yes
splits.manage       no      no           yes        yes
training.view       no      yes          yes        yes
training.launch     no      no           yes        yes
weights.import      no      no           yes        yes
models.view         no      yes          yes        yes
people.manage       no      no           no         yes
audit.view          no      no           no         yes
self.manage         yes     yes          yes        yes
`;

const [head = "", ...lines] = table.trim().split("\n");
const columns = head.trim().split(/\s+/) as Role[];
const written = lines.map((line) => {
  const [permission, ...cells] = line.trim().split(/\s+/);
  return {
    permission: permission as Permission,
    allowed: columns.filter((_, index) => cells[index] === "yes"),
  };
});

describe("the permission table", () => {
  it("has exactly the permissions and roles written here", () => {
    expect(written.map((row) => row.permission).sort()).toEqual([...permissions].sort());
    expect([...columns].sort()).toEqual([...roles].sort());
  });

  it.each(written)("$permission: $allowed", ({ permission, allowed }) => {
    expect(roles.filter((role) => allows(role, permission))).toEqual(
      roles.filter((role) => allowed.includes(role)),
    );
  });

  it("gives the shell and the system the administrator's rights", () => {
    const actors: Actor[] = [
      { kind: "shell", osUser: "root" },
      { kind: "system", part: "worker" },
    ];
    for (const actor of actors) {
      expect(permissions.filter((permission) => may(actor, permission))).toEqual(
        permissions.filter((permission) => allows("administrator", permission)),
      );
    }
  });
});
