import type { BlockContext, BlockFile, BlockIssue } from "../../core/service-plan.ts";
import { identityCenterFacts } from "../../data/identity-center.ts";
import { parsePolicy } from "../../policy/index.ts";
import { checkScope } from "../kit/scope.ts";
import type { IdentityCenterBlock } from "./schema.ts";
import { durationOf, inlinePolicyOf, wantedSets } from "./wanted.ts";

/** The files of inline policies. */
export function identityCenterFiles(block: IdentityCenterBlock): readonly BlockFile[] {
  return Object.entries(block.permissionSets ?? {}).flatMap(([name, { inlinePolicy }]) =>
    typeof inlinePolicy === "string"
      ? [{ file: inlinePolicy, path: ["permissionSets", name, "inlinePolicy"] }]
      : [],
  );
}

/** What is wrong with a block beyond its form. Pure. */
export function checkIdentityCenter(
  block: IdentityCenterBlock,
  context: BlockContext,
): readonly BlockIssue[] {
  const title = "IAM Identity Center";
  const regions = identityCenterFacts.regions.names;
  return [
    ...checkScope({ delegatedAdministrator: block.delegatedAdministrator }, context, {
      title,
      regions,
    }),
    ...checkSets(block, context),
    ...checkAssignments(block, context),
  ];
}

function checkSets(block: IdentityCenterBlock, context: BlockContext): readonly BlockIssue[] {
  const issues: BlockIssue[] = [];
  const error = (code: string, path: BlockIssue["path"], summary: string, help: string): void => {
    issues.push({ severity: "error", code, path, summary, help });
  };
  const { permissionSetNameLength, inlinePolicyLength, sessionHours } = identityCenterFacts;
  const { least, most } = sessionHours;
  for (const [name, set] of Object.entries(block.permissionSets ?? {})) {
    const path = ["permissionSets", name];
    const duration = durationOf(block, set);
    if (typeof duration === "object" && block.production === undefined) {
      error(
        "ORGRAIL1180",
        set.sessionDuration === undefined ? ["sessionDuration"] : [...path, "sessionDuration"],
        `\`${name}\` has a duration for production, and the block does not say what production is`,
        "name its organizational units or accounts under `production`",
      );
    }
    const given = typeof duration === "object" ? Object.values(duration) : [duration];
    for (const one of given) {
      if (one === undefined || (hoursOf(one) >= least && hoursOf(one) <= most)) continue;
      error(
        "ORGRAIL1181",
        set.sessionDuration === undefined ? ["sessionDuration"] : [...path, "sessionDuration"],
        `a session of \`${one}\` is not between ${least} and ${most} hours`,
        "AWS takes `PT1H` to `PT12H`",
      );
    }
    const text = inlinePolicyOf(set, context.files) ?? "";
    if (text.length > inlinePolicyLength) {
      error(
        "ORGRAIL1182",
        [...path, "inlinePolicy"],
        `the inline policy has ${text.length} characters, more than ${inlinePolicyLength}`,
        "move parts of it to managed policies",
      );
    } else if (text !== "") {
      const { diagnostics } = parsePolicy(text, { type: "IDENTITY_POLICY", name });
      for (const { severity, summary } of diagnostics) {
        if (severity !== "error") continue;
        error(
          "ORGRAIL1183",
          [...path, "inlinePolicy"],
          `the inline policy of \`${name}\` is wrong: ${summary}`,
          "see `orgrail policy lint`",
        );
      }
    }
  }
  const seen = new Set<string>();
  for (const { name, base } of wantedSets(block)) {
    if (name.length > permissionSetNameLength) {
      error(
        "ORGRAIL1184",
        ["permissionSets", base],
        `\`${name}\`, the set for production, has ${name.length} characters, more than ${permissionSetNameLength}`,
        "shorten the name, or `production.suffix`",
      );
    }
    if (seen.has(name)) {
      error(
        "ORGRAIL1185",
        ["permissionSets", base],
        `two permission sets come to be called \`${name}\``,
        "rename one, or take another `production.suffix`",
      );
    }
    seen.add(name);
  }
  return issues;
}

function checkAssignments(block: IdentityCenterBlock, context: BlockContext): BlockIssue[] {
  const issues: BlockIssue[] = [];
  const error = (code: string, path: BlockIssue["path"], summary: string, help: string): void => {
    issues.push({ severity: "error", code, path, summary, help });
  };
  const accounts = (names: readonly string[] = [], ...path: (string | number)[]): void => {
    for (const [index, name] of names.entries()) {
      if (context.accounts.has(name)) continue;
      const summary = `there is no account \`${name}\` in the file`;
      error("ORGRAIL1051", [...path, index], summary, "name one of `accounts`");
    }
  };
  const units = (names: readonly string[] = [], ...path: (string | number)[]): void => {
    for (const [index, name] of names.entries()) {
      if (context.organizationalUnits.has(name)) continue;
      const summary = `there is no organizational unit \`${name}\` in the file`;
      const help = "write its path from the root, such as `Workloads/Prod`";
      error("ORGRAIL1050", [...path, index], summary, help);
    }
  };
  accounts(block.production?.accounts, "production", "accounts");
  units(block.production?.organizationalUnits, "production", "organizationalUnits");
  for (const [index, assignment] of (block.assignments ?? []).entries()) {
    const path = ["assignments", index];
    accounts(assignment.accounts, ...path, "accounts");
    accounts(assignment.excludeAccounts, ...path, "excludeAccounts");
    units(assignment.organizationalUnits, ...path, "organizationalUnits");
    if (assignment.accounts === undefined && assignment.organizationalUnits === undefined) {
      error("ORGRAIL1186", path, "the assignment is to no account", "name accounts or units");
    }
    if (assignment.groups === undefined && assignment.users === undefined) {
      error("ORGRAIL1187", path, "the assignment is for nobody", "name groups or users");
    }
    for (const [at, name] of assignment.permissionSets.entries()) {
      const set = block.permissionSets?.[name];
      if (set !== undefined && set.remove !== true) continue;
      error(
        "ORGRAIL1188",
        [...path, "permissionSets", at],
        set === undefined
          ? `the block has no permission set \`${name}\``
          : `\`${name}\` is to be removed, and cannot be assigned`,
        "name one of `permissionSets`; one that AWS has is adopted when it is named there",
      );
    }
  }
  return issues;
}

function hoursOf(duration: string): number {
  const [, hours = "0", minutes = "0"] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(duration) ?? [];
  return Number(hours) + Number(minutes) / 60;
}
