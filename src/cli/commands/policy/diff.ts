import { iamActions } from "../../../data/iam-actions.gen.ts";
import { diffPolicies } from "../../../policy/diff/diff.ts";
import { knownActions } from "../../../policy/known-actions.ts";
import { renderMeaning } from "../../../report/policy-meaning.ts";
import type { Run } from "../../command.ts";
import { readSoundPolicies } from "../../policy/read-policies.ts";
import type { PolicyDiffOptions } from "./diff.command.ts";

/** Compares two policies by meaning. */
export const run: Run<PolicyDiffOptions> = async (deps, options, [before = "", after = ""]) => {
  const old = readSoundPolicies(deps, [before], options.type);
  const now = readSoundPolicies(deps, [after], options.type);
  const known = knownActions(iamActions);
  const diff = diffPolicies(old, now, known);
  const differences = diff.differences.map((one) => ({
    effect: one.effect,
    direction: one.direction,
    actions: one.actions,
    unknownActions: one.unknownActions,
    before: one.before === undefined ? null : said(one.before),
    after: one.after === undefined ? null : said(one.after),
    conditions: one.conditions,
    approximations: one.approximations,
  }));
  return {
    result: {
      same: differences.length === 0,
      differences,
      comparedActions: diff.comparedActions,
      actionsAsOf: iamActions.asOf,
      assumptions: diff.assumptions,
    },
    exit: differences.length > 0 && options.detailedExitcode ? "differences" : "done",
    text: () =>
      renderMeaning(diff, {
        asOf: iamActions.asOf,
        known,
        color: deps.paint.isColorSupported,
        width: deps.stdout.columns,
      }),
  };
};

type Side = NonNullable<ReturnType<typeof diffPolicies>["differences"][number]["before"]>;

function said({ principals, resources, conditions, statement, policy }: Side): object {
  return {
    ...(policy.name === undefined ? {} : { policy: policy.name }),
    statement: statement.sid?.value ?? statement.index,
    line: statement.start.line,
    ...(principals === "" ? {} : { principals }),
    [resources.isNegated ? "notResource" : "resource"]: resources.patterns,
    conditions: conditions.map(({ name, key, values }) => ({ operator: name, key, values })),
  };
}
