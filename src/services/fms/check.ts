import type { BlockContext, BlockIssue } from "../../core/service-plan.ts";
import { firewallManagerFacts } from "../../data/firewall-manager.ts";
import { checkScope } from "../kit/scope.ts";
import type { FirewallManagerBlock, PlacesBlock } from "./schema.ts";

/** What is wrong with a block of Firewall Manager beyond its form. */
export function checkFirewallManager(
  block: FirewallManagerBlock,
  context: BlockContext,
): readonly BlockIssue[] {
  const { regions, policyTypes, globalResourceTypes, maxAdministrators } = firewallManagerFacts;
  const title = "AWS Firewall Manager";
  const issues = [...checkScope(block, context, { title, regions: regions.names })];
  const error = (
    path: BlockIssue["path"],
    summary: string,
    help: string,
    code = "ORGRAIL1150",
  ): void => {
    issues.push({ severity: "error", code, path, summary, help });
  };
  const checkPlaces = (path: BlockIssue["path"], places: PlacesBlock | undefined): void => {
    for (const [index, unit] of (places?.organizationalUnits ?? []).entries()) {
      if (unit === "Root" || context.organizationalUnits.has(unit)) continue;
      error(
        [...path, "organizationalUnits", index],
        `there is no organizational unit \`${unit}\` in the file`,
        "write its path from the root, such as `Workloads/Prod`, or `Root`",
        "ORGRAIL1050",
      );
    }
    for (const [index, account] of (places?.accounts ?? []).entries()) {
      if (context.accounts.has(account)) continue;
      error(
        [...path, "accounts", index],
        `there is no account \`${account}\` in the file`,
        "name one of `accounts`",
        "ORGRAIL1051",
      );
    }
  };
  if (block.delegatedAdministrator === undefined) {
    error(
      ["delegatedAdministrator"],
      "`fms` needs a delegated administrator",
      "name the account that shall administer Firewall Manager; not the management account",
    );
  }
  const administrators = block.administrators ?? [];
  if (administrators.length + 1 > maxAdministrators) {
    error(
      ["administrators"],
      `AWS allows ${maxAdministrators} administrators, the default one included`,
      "name fewer of them",
    );
  }
  for (const [index, one] of administrators.entries()) {
    const path = ["administrators", index];
    if (!context.accounts.has(one.account)) {
      error(
        [...path, "account"],
        `there is no account \`${one.account}\` in the file`,
        "name one of `accounts`",
        "ORGRAIL1051",
      );
    }
    if (one.account === block.delegatedAdministrator || one.account === context.managementAccount) {
      error(
        [...path, "account"],
        `\`${one.account}\` cannot have a part of the organization`,
        "the default administrator has all of it, and the management account none",
      );
    }
    checkPlaces(path, one);
  }
  const names = new Set<string>();
  for (const [index, policy] of (block.policies ?? []).entries()) {
    const path = ["policies", index];
    if (names.has(policy.name)) {
      error([...path, "name"], `two policies are named \`${policy.name}\``, "rename one of them");
    }
    names.add(policy.name);
    const allowed = policyTypes[policy.type] ?? [];
    for (const [at, type] of policy.resourceTypes.entries()) {
      if (allowed.includes(type)) continue;
      error(
        [...path, "resourceTypes", at],
        `a policy of the type ${policy.type} cannot protect \`${type}\``,
        `it can protect ${allowed.map((one) => `\`${one}\``).join(", ")}`,
      );
    }
    const globals = policy.resourceTypes.filter((type) => globalResourceTypes.includes(type));
    if (globals.length > 0 && globals.length < policy.resourceTypes.length) {
      error(
        [...path, "resourceTypes"],
        "CloudFront and resources of a Region cannot be in one policy",
        "make two policies of it",
      );
    }
    if (policy.include !== undefined && policy.exclude !== undefined) {
      error(
        [...path, "exclude"],
        "AWS heeds `exclude` only without `include`",
        "give one of the two",
      );
    }
    for (const [at, region] of (policy.regions ?? []).entries()) {
      if (regions.names.includes(region)) continue;
      error(
        [...path, "regions", at],
        `${title} is not offered in \`${region}\``,
        "leave the Region out",
        "ORGRAIL1090",
      );
    }
    checkPlaces([...path, "include"], policy.include);
    checkPlaces([...path, "exclude"], policy.exclude);
  }
  return issues;
}
