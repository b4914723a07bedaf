import type { BlockIssue, ServicePlanInput } from "../../core/service-plan.ts";
import { settingAt } from "../kit/effective-policies.ts";
import { selectAccounts } from "../kit/scope.ts";
import type { Ec2Block } from "./schema.ts";
import type { Ec2State } from "./state.ts";
import type { Wanted } from "./wanted.ts";

/** What the guardrail `ec2-baseline` says without parameters, by path in the policy. */
const baseline: Readonly<Record<string, string>> = {
  "image_block_public_access.state": "block_new_sharing",
  "snapshot_block_public_access.state": "block_all_sharing",
  "serial_console_access.status": "disabled",
  "instance_metadata_defaults.http_tokens": "required",
};

/**
 * Accounts in which no declarative policy said what the block asks for when the organization was
 * read, setting by setting, with the policy to add.
 */
export function uncovered(
  { block, state, facts }: ServicePlanInput<Ec2Block, Ec2State>,
  wanted: readonly Wanted[],
): readonly BlockIssue[] {
  if (state === undefined || block.remove === true) return [];
  const accounts = selectAccounts(facts, block).filter(({ exists }) => exists);
  return wanted.flatMap(({ via, member, policy }): readonly BlockIssue[] => {
    if (via !== "declarative-policy" || policy === undefined) return [];
    const value = policy.value.replaceAll("-", "_");
    const path = ["ec2_attributes", ...policy.path];
    const left = accounts.filter(({ id }) => {
      const number = state.policyOf[String(id)];
      if (number === undefined) return false; // Not known; a gap says why.
      const effective = number === null ? null : (state.policies[number] ?? null);
      return settingAt(effective, path) !== value;
    });
    if (left.length === 0) return [];
    const names = left.slice(0, 5).map(({ name }) => name);
    const more = left.length > names.length ? ` and ${left.length - names.length} more` : "";
    return [
      {
        severity: "warning",
        code: "ORGRAIL3192",
        path: [member],
        summary:
          `no declarative policy set \`${path.join(".")}\` to \`${value}\` in ` +
          `${names.join(", ")}${more} when the organization was read`,
        help:
          `add to \`policies\`: \`${entryFor(policy.path, value)}\` (where the file has such a ` +
          "policy already, apply attaches it), or say `via: account`",
      },
    ];
  });
}

/** The entry under `policies` that says so. */
function entryFor(path: readonly string[], value: string): string {
  const key = path.join(".");
  if (baseline[key] === value)
    return "{ name: Ec2Baseline, guardrail: ec2-baseline, attach: [Root] }";
  if (key === "vpc_block_public_access.internet_gateway_block.mode" && value !== "off") {
    return (
      "{ name: Ec2Baseline, guardrail: ec2-baseline, " +
      `parameters: { internetGatewayBlock: ${value} }, attach: [Root] }`
    );
  }
  const inner = [...path]
    .reverse()
    .reduce<string>((text, step) => `{ ${step}: ${text} }`, `{ "@@assign": ${value} }`);
  return (
    "{ name: Ec2Settings, type: DECLARATIVE_POLICY_EC2, " +
    `content: { ec2_attributes: ${inner} }, attach: [Root] }`
  );
}
