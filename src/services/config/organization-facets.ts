import type {
  OrganizationConfigRule,
  OrganizationConformancePack,
} from "@aws-sdk/client-config-service";
import { digest } from "../../core/digest.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import { digestParameter } from "./pack-template.ts";

/** An organization rule in the form in which it is compared. */
export function ruleFacet(rule: OrganizationConfigRule, policyText?: string): JsonObject {
  const managed = rule.OrganizationManagedRuleMetadata;
  const policy = rule.OrganizationCustomPolicyRuleMetadata;
  const shared = managed ?? policy;
  return {
    identifier: managed?.RuleIdentifier ?? "",
    policy: policyText === undefined ? "" : digest(policyText),
    runtime: policy?.PolicyRuntime ?? "",
    triggers: [...(policy?.OrganizationConfigRuleTriggerTypes ?? [])].sort(),
    description: shared?.Description ?? "",
    parameters: jsonOf(shared?.InputParameters),
    frequency: shared?.MaximumExecutionFrequency ?? "",
    resourceTypes: [...(shared?.ResourceTypesScope ?? [])].sort(),
    excluded: [...(rule.ExcludedAccounts ?? [])].sort(),
  };
}

/** An organization conformance pack in the form in which it is compared. */
export function packFacet(pack: OrganizationConformancePack): JsonObject {
  const parameters = (pack.ConformancePackInputParameters ?? []).map(
    ({ ParameterName: name = "", ParameterValue: value = "" }) => [name, value] as const,
  );
  const mark = parameters.find(([name]) => name === digestParameter)?.[1];
  return {
    template: mark ?? "",
    parameters: Object.fromEntries(
      parameters.filter(([name]) => name !== digestParameter).sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    bucket: pack.DeliveryS3Bucket ?? "",
    prefix: pack.DeliveryS3KeyPrefix ?? "",
    excluded: [...(pack.ExcludedAccounts ?? [])].sort(),
  };
}

function jsonOf(text: string | undefined): Json {
  if (text === undefined || text === "") return {};
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
