import type { BlockContext, BlockIssue } from "../../core/service-plan.ts";
import { systemsManagerFacts } from "../../data/systems-manager.ts";
import { checkScope } from "../kit/scope.ts";
import type { SystemsManagerBlock } from "./schema.ts";

/** What is wrong with a block beyond its form. Pure. */
export function checkSystemsManager(
  block: SystemsManagerBlock,
  context: BlockContext,
): readonly BlockIssue[] {
  const title = "Systems Manager";
  const offered = systemsManagerFacts.regions.names;
  const issues: BlockIssue[] = [...checkScope(block, context, { title, regions: offered })];
  const error = (code: string, path: BlockIssue["path"], summary: string, help: string): void => {
    issues.push({ severity: "error", code, path, summary, help });
  };
  const units = (names: readonly string[] = [], ...path: (string | number)[]): void => {
    for (const [index, name] of names.entries()) {
      if (context.organizationalUnits.has(name)) continue;
      const summary = `there is no organizational unit \`${name}\` in the file`;
      const help = "write its path from the root, such as `Workloads/Prod`";
      error("ORGRAIL1050", [...path, index], summary, help);
    }
  };
  const regions = (names: readonly string[] = [], ...path: (string | number)[]): void => {
    for (const [index, name] of names.entries()) {
      if (context.governedRegions.length === 0 || context.governedRegions.includes(name)) continue;
      const summary = `\`${name}\` is not among the governed Regions`;
      const help = "add it to `organization.governedRegions`, or leave it out";
      error("ORGRAIL1091", [...path, index], summary, help);
    }
  };
  const defaults = new Map<string, string>();
  for (const [name, one] of Object.entries(block.patchBaselines ?? {})) {
    const path = ["patchBaselines", name];
    for (const [index, account] of (one.accounts ?? []).entries()) {
      if (context.accounts.has(account)) continue;
      const summary = `there is no account \`${account}\` in the file`;
      error("ORGRAIL1051", [...path, "accounts", index], summary, "name one of `accounts`");
    }
    units(one.organizationalUnits, ...path, "organizationalUnits");
    regions(one.regions, ...path, "regions");
    if (one.accounts === undefined && one.organizationalUnits === undefined) {
      const summary = `the patch baseline \`${name}\` is for no account`;
      error("ORGRAIL1190", path, summary, "name accounts or organizational units");
    }
    for (const [index, rule] of (one.approvalRules ?? []).entries()) {
      if ((rule.approveAfterDays === undefined) !== (rule.approveUntilDate === undefined)) continue;
      error(
        "ORGRAIL1191",
        [...path, "approvalRules", index],
        "a rule approves either after a number of days or until a date",
        "give one of `approveAfterDays` and `approveUntilDate`",
      );
    }
    const other = defaults.get(one.operatingSystem);
    const isPlain = one.default === true && one.remove !== true;
    if (isPlain && other !== undefined && overlaps(block, name, other)) {
      error(
        "ORGRAIL1192",
        [...path, "default"],
        `\`${name}\` and \`${other}\` are both to be the default of \`${one.operatingSystem}\` in the same accounts`,
        "make one of them the default",
      );
    }
    if (isPlain) defaults.set(one.operatingSystem, name);
  }
  for (const [name, one] of Object.entries(block.patchPolicies ?? {})) {
    const path = ["patchPolicies", name];
    units(one.organizationalUnits, ...path, "organizationalUnits");
    regions(one.regions, ...path, "regions");
    if ((one.operation === "ScanAndInstall") !== (one.installSchedule !== undefined)) {
      error(
        "ORGRAIL1193",
        path,
        `the patch policy \`${name}\` ${one.installSchedule === undefined ? "installs patches, but does not say when" : "says when patches are installed, but only scans"}`,
        "`installSchedule` and `operation: ScanAndInstall` belong together",
      );
    }
    for (const [system, baseline] of Object.entries(one.baselines ?? {})) {
      const found = block.patchBaselines?.[baseline];
      if (found?.operatingSystem === system && found.remove !== true) continue;
      error(
        "ORGRAIL1194",
        [...path, "baselines", system],
        `there is no patch baseline \`${baseline}\` for \`${system}\` in the file`,
        "name one of `patchBaselines` of that operating system, or leave it to AWS's own",
      );
    }
  }
  units(block.explorer?.organizationalUnits, "explorer", "organizationalUnits");
  regions(block.explorer?.sourceRegions, "explorer", "sourceRegions");
  return issues;
}

/** Whether two patch baselines name an account or unit in common, in a Region that both have. */
function overlaps({ patchBaselines }: SystemsManagerBlock, a: string, b: string): boolean {
  const [one, other] = [patchBaselines?.[a], patchBaselines?.[b]];
  const meet = (x: readonly string[] | undefined, y: readonly string[] | undefined): boolean =>
    (x ?? []).some((item) => (y ?? []).includes(item));
  const inRegion =
    one?.regions === undefined || other?.regions === undefined || meet(one.regions, other.regions);
  return (
    inRegion &&
    (meet(one?.accounts, other?.accounts) ||
      meet(one?.organizationalUnits, other?.organizationalUnits))
  );
}
