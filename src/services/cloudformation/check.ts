import type { BlockContext, BlockIssue } from "../../core/service-plan.ts";
import { cloudformationFacts } from "../../data/cloudformation.ts";
import { cloudformationQuotas } from "../../data/cloudformation-quotas.ts";
import { checkScope } from "../kit/scope.ts";
import { parseTemplate } from "../kit/template/parse-template.ts";
import type { CloudformationBlock, StackSetBlock } from "./schema.ts";

/** What is wrong with the block, as far as the file and the templates tell. */
export function checkCloudformation(
  block: CloudformationBlock,
  context: BlockContext,
): readonly BlockIssue[] {
  const issues: BlockIssue[] = [];
  const service = { title: "CloudFormation StackSets", regions: cloudformationFacts.regions.names };
  issues.push(
    ...checkScope({ delegatedAdministrator: block.delegatedAdministrator }, context, service),
  );
  if (block.callAs === "delegatedAdministrator" && block.delegatedAdministrator === undefined) {
    issues.push(
      error(
        "ORGRAIL1110",
        ["callAs"],
        "there is no delegated administrator to work from",
        "give `delegatedAdministrator`, or drop `callAs`",
      ),
    );
  }
  const names = new Set<string>();
  for (const [index, stackSet] of block.stackSets.entries()) {
    const path = ["stackSets", index];
    if (names.has(stackSet.name)) {
      issues.push(
        error(
          "ORGRAIL1111",
          [...path, "name"],
          `there are two stack sets \`${stackSet.name}\``,
          "names of stack sets are unique in an account and Region",
        ),
      );
    }
    names.add(stackSet.name);
    issues.push(
      ...checkScope(
        { regions: stackSet.regions, excludeAccounts: stackSet.excludeAccounts },
        context,
        service,
      ).map((issue) => ({ ...issue, path: [...path, ...issue.path] })),
      ...checkTargets(stackSet, context, path),
      ...checkTemplate(stackSet, context, path),
    );
  }
  return issues;
}

function checkTargets(
  { organizationalUnits, accounts, excludeAccounts, autoDeployment }: StackSetBlock,
  context: BlockContext,
  path: BlockIssue["path"],
): readonly BlockIssue[] {
  const issues: BlockIssue[] = [];
  for (const [index, unit] of organizationalUnits.entries()) {
    if (context.organizationalUnits.has(unit)) continue;
    issues.push(
      error(
        "ORGRAIL1050",
        [...path, "organizationalUnits", index],
        `there is no organizational unit \`${unit}\` in the file`,
        "write its path from the root, such as `Workloads/Prod`, or `Root`",
      ),
    );
  }
  for (const [index, name] of (accounts ?? []).entries()) {
    if (context.accounts.has(name)) continue;
    issues.push(
      error(
        "ORGRAIL1051",
        [...path, "accounts", index],
        `there is no account \`${name}\` in the file`,
        "name one of `accounts`",
      ),
    );
  }
  if (autoDeployment.enabled && (accounts ?? excludeAccounts) !== undefined) {
    issues.push({
      severity: "warning",
      code: "ORGRAIL1112",
      path: [...path, "autoDeployment"],
      summary: "automatic deployment does not heed `accounts` and `excludeAccounts`",
      help: "an account that joins or moves into the organizational units later gets the stacks all the same; `enabled: false` prevents it",
    });
  }
  return issues;
}

function checkTemplate(
  stackSet: StackSetBlock,
  { files }: BlockContext,
  path: BlockIssue["path"],
): readonly BlockIssue[] {
  const text = files[stackSet.template];
  if (text === undefined) return []; // That it cannot be read is reported where it is read.
  const at = [...path, "template"];
  if (Buffer.byteLength(text) > cloudformationQuotas.templateBodyBytes) {
    return [
      error(
        "ORGRAIL1113",
        at,
        `the template has ${Buffer.byteLength(text)} bytes; AWS takes ${cloudformationQuotas.templateBodyBytes}`,
        "make it smaller, or divide it into several stack sets",
      ),
    ];
  }
  const parsed = parseTemplate(text);
  if (!parsed.ok) {
    return [error("ORGRAIL1114", at, `this is no template: ${parsed.problem}`, "mend the file")];
  }
  const { parameters, resources } = parsed.template;
  const given = stackSet.parameters ?? {};
  const issues: BlockIssue[] = [];
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(parameters, name)) continue;
    const help = "drop it, or declare it under `Parameters` of the template";
    const summary = `the template has no parameter \`${name}\``;
    issues.push(error("ORGRAIL1115", [...path, "parameters", name], summary, help));
  }
  for (const [name, parameter] of Object.entries(parameters)) {
    if (parameter.default !== undefined || given[name] !== undefined) continue;
    const summary = `the template's parameter \`${name}\` has no value`;
    issues.push(error("ORGRAIL1116", [...path, "parameters"], summary, "give it one"));
  }
  const needsIam = Object.values(resources).some(({ type }) => type.startsWith("AWS::IAM::"));
  const hasIam = stackSet.capabilities?.some((it) => it.endsWith("IAM")) === true;
  if (needsIam && !hasIam) {
    issues.push(
      error(
        "ORGRAIL1117",
        [...path, "capabilities"],
        "the template makes IAM resources, which CloudFormation wants acknowledged",
        "add `capabilities: [CAPABILITY_NAMED_IAM]`",
      ),
    );
  }
  return issues;
}

function error(code: string, path: BlockIssue["path"], summary: string, help: string): BlockIssue {
  return { severity: "error", code, path, summary, help };
}
