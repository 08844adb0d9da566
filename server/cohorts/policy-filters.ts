import type { ImageFilters } from "@/server/images/browse/schema";
import { type LabelPolicy, learntStates, statesThatAre } from "@/server/labels/policy";
import type { LabelState } from "@/server/labels/states";
import { fail, ok, type Result } from "@/server/lib/errors";

type Condition = ImageFilters["findings"][number];
type RuleClass = { readonly name: string; readonly where: ImageFilters };

/**
 * The filters of a rule's classes as its policy means them: who asks for positive under U-Ones gets the uncertain,
 * too. What a policy leaves out of a finding passes no condition on it. Errors: invalid (a state that the policy
 * makes nothing of).
 */
export function filtersUnder(
  policy: LabelPolicy | undefined,
  classes: readonly RuleClass[],
): Result<readonly ImageFilters[]> {
  if (policy === undefined) return ok(classes.map(({ where }) => where));
  const filters: ImageFilters[] = [];
  for (const { name, where } of classes) {
    const findings: Condition[] = [];
    for (const { finding, states } of where.findings) {
      const meant = states.map((state) => statesMeant(policy, state));
      const at = meant.findIndex((labels) => labels.length === 0);
      if (at >= 0) return fail("invalid", refusal(policy, `${name}: ${finding}`, states[at]));
      findings.push({ finding, states: [...new Set(meant.flat())] });
    }
    filters.push({ ...where, findings });
  }
  return ok(filters);
}

function statesMeant(policy: LabelPolicy, asked: LabelState): LabelState[] {
  const wanted = learntStates.find((state) => state === asked);
  return wanted === undefined ? [] : statesThatAre(policy, wanted);
}

function refusal({ uncertain, blank }: LabelPolicy, where: string, state: LabelState | undefined): string {
  return state === "unmentioned"
    ? `${where} asks for unmentioned, but blank counts as ${blank} here.`
    : `${where} asks for ${state}, but under ${uncertain} there is no such class.`;
}
