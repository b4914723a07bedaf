import { ouPathKey } from "../../core/desired.ts";
import type { BlockContext, BlockIssue } from "../../core/service-plan.ts";
import { securityHubFacts } from "../../data/securityhub.ts";
import { checkScope } from "../kit/scope.ts";
import type { AggregationBlock, SecurityHubBlock, TargetsBlock } from "./schema.ts";

/** What is wrong with a block of Security Hub beyond its form. */
export function checkSecurityHub(
  block: SecurityHubBlock,
  context: BlockContext,
): readonly BlockIssue[] {
  const issues: BlockIssue[] = [
    ...checkScope(block, context, {
      title: "AWS Security Hub",
      regions: securityHubFacts.regions.names,
    }),
  ];
  const error = (path: BlockIssue["path"], summary: string, help: string): void => {
    issues.push({ severity: "error", code: "ORGRAIL1130", path, summary, help });
  };
  if (block.delegatedAdministrator === undefined) {
    error(
      ["delegatedAdministrator"],
      "`securityhub` needs a delegated administrator",
      "name the account for security tooling; AWS advises against the management account",
    );
  }
  const home = block.homeRegion ?? context.homeRegion;
  checkAggregation(block.aggregation, ["aggregation"], home, error);
  if (block.v2 !== undefined) {
    checkAggregation(block.v2.aggregation, ["v2", "aggregation"], home, error);
  }
  if (block.configuration === "local") {
    for (const member of ["policies", "selfManaged", "inherit"] as const) {
      if (block[member] === undefined) continue;
      error(
        [member],
        `\`${member}\` has no effect with local configuration`,
        "say `configuration: central`, or leave it out",
      );
    }
  }
  checkPolicies(block, error);
  const lists: readonly (readonly [readonly (string | number)[], TargetsBlock | undefined])[] = [
    ...(block.policies ?? []).map(
      (policy, index) => [["policies", index, "targets"], policy.targets] as const,
    ),
    [["selfManaged"], block.selfManaged],
    [["inherit"], block.inherit],
  ];
  for (const [path, targets] of lists) checkTargets(path, targets ?? {}, context, issues);
  return issues;
}

type Report = (path: BlockIssue["path"], summary: string, help: string) => void;

function checkAggregation(
  { linking, regions }: AggregationBlock,
  path: readonly (string | number)[],
  home: string | undefined,
  error: Report,
): void {
  if (linking === "ALL_REGIONS" && regions !== undefined) {
    error([...path, "regions"], "`ALL_REGIONS` takes no list of Regions", "leave `regions` out");
  }
  if (linking !== "ALL_REGIONS" && regions === undefined) {
    error(path, `\`${linking}\` needs a list of Regions`, "give `regions`");
  }
  if (home !== undefined && regions?.includes(home) === true) {
    error(
      [...path, "regions"],
      `the home Region \`${home}\` is always part of it`,
      "leave it out of `regions`",
    );
  }
}

function checkPolicies({ policies = [] }: SecurityHubBlock, error: Report): void {
  const names = new Set<string>();
  for (const [index, policy] of policies.entries()) {
    const path = ["policies", index];
    if (names.has(policy.name)) {
      error([...path, "name"], `two policies are named \`${policy.name}\``, "rename one of them");
    }
    names.add(policy.name);
    const settings = ["standards", "enabledControls", "disabledControls", "parameters"] as const;
    for (const member of settings) {
      if (policy.enabled || policy[member] === undefined) continue;
      error(
        [...path, member],
        `\`${member}\` has no effect where Security Hub is off`,
        "leave it out, or say `enabled: true`",
      );
    }
    if (policy.enabledControls !== undefined && policy.disabledControls !== undefined) {
      error(
        path,
        "`enabledControls` and `disabledControls` exclude each other",
        "give the shorter of the two lists",
      );
    }
    for (const [at, standard] of (policy.standards ?? []).entries()) {
      const isKnown =
        standard.startsWith("arn:") || securityHubFacts.standards.some(({ id }) => id === standard);
      if (isKnown) continue;
      error(
        [...path, "standards", at],
        `there is no standard \`${standard}\``,
        `write one of ${securityHubFacts.standards.map(({ id }) => `\`${id}\``).join(", ")}, or an ARN`,
      );
    }
  }
  if (policies.length > securityHubFacts.maxConfigurationPolicies) {
    error(
      ["policies"],
      `AWS allows ${securityHubFacts.maxConfigurationPolicies} configuration policies`,
      "merge policies with equal settings",
    );
  }
}

function checkTargets(
  path: readonly (string | number)[],
  { organizationalUnits = [], accounts = [] }: TargetsBlock,
  context: BlockContext,
  issues: BlockIssue[],
): void {
  for (const [index, unit] of organizationalUnits.entries()) {
    if (unit === ouPathKey([]) || unit === "Root" || context.organizationalUnits.has(unit))
      continue;
    issues.push({
      severity: "error",
      code: "ORGRAIL1050",
      path: [...path, "organizationalUnits", index],
      summary: `there is no organizational unit \`${unit}\` in the file`,
      help: "write its path from the root, such as `Workloads/Prod`, or `Root`",
    });
  }
  for (const [index, account] of accounts.entries()) {
    if (context.accounts.has(account)) continue;
    issues.push({
      severity: "error",
      code: "ORGRAIL1051",
      path: [...path, "accounts", index],
      summary: `there is no account \`${account}\` in the file`,
      help: "name one of `accounts`",
    });
  }
}
