import type { ResourceDataSyncSource } from "@aws-sdk/client-ssm";
import type { Json, JsonObject } from "../../core/json.ts";
import type { PatchBaselineBlock } from "./schema.ts";

/** What the file says of a patch baseline, as the API has it. */
export function baselineContent(block: PatchBaselineBlock): JsonObject {
  const { approvalRules, globalFilters } = block;
  const members: readonly (readonly [string, Json | undefined])[] = [
    ["Description", block.description],
    [
      "ApprovalRules",
      approvalRules === undefined ? undefined : { PatchRules: approvalRules.map(patchRule) },
    ],
    ["GlobalFilters", globalFilters === undefined ? undefined : { PatchFilters: globalFilters }],
    ["ApprovedPatches", block.approvedPatches],
    ["ApprovedPatchesComplianceLevel", block.approvedPatchesComplianceLevel],
    ["RejectedPatches", block.rejectedPatches],
    ["RejectedPatchesAction", block.rejectedPatchesAction],
  ];
  return present(members);
}

function patchRule(rule: JsonObject): JsonObject {
  return present([
    ["PatchFilterGroup", { PatchFilters: rule.filters ?? [] }],
    ["ComplianceLevel", rule.complianceLevel ?? "UNSPECIFIED"],
    ["ApproveAfterDays", rule.approveAfterDays],
    ["ApproveUntilDate", rule.approveUntilDate],
    ["EnableNonSecurity", rule.enableNonSecurity ?? false],
  ]);
}

/** A patch baseline as it was read, in the form of {@link baselineContent}; all members. */
export function readContent(answer: object): JsonObject {
  const read = JSON.parse(JSON.stringify(answer)) as Record<string, Json>;
  const rules = (read.ApprovalRules as { PatchRules?: readonly JsonObject[] } | undefined)
    ?.PatchRules;
  return present([
    ["Description", read.Description],
    [
      "ApprovalRules",
      {
        PatchRules: (rules ?? []).map((rule) =>
          present([
            ["PatchFilterGroup", rule.PatchFilterGroup],
            ["ComplianceLevel", rule.ComplianceLevel ?? "UNSPECIFIED"],
            ["ApproveAfterDays", rule.ApproveAfterDays],
            ["ApproveUntilDate", rule.ApproveUntilDate],
            ["EnableNonSecurity", rule.EnableNonSecurity ?? false],
          ]),
        ),
      },
    ],
    ["GlobalFilters", read.GlobalFilters],
    ["ApprovedPatches", read.ApprovedPatches],
    ["ApprovedPatchesComplianceLevel", read.ApprovedPatchesComplianceLevel],
    ["RejectedPatches", read.RejectedPatches],
    ["RejectedPatchesAction", read.RejectedPatchesAction],
  ]);
}

/** The value of a setting, in which a role is named by path and name, never by its ARN. */
export function settingValue(value: string | undefined): string {
  return (value ?? "").replace(/^arn:[^:]+:iam::\d{12}:role\//, "");
}

/** The source of a resource data sync, as its facet has it: without its state, lists sorted. */
export function sourceFacet(source: ResourceDataSyncSource | undefined): JsonObject {
  const { AwsOrganizationsSource: organizations } = source ?? {};
  const units = (organizations?.OrganizationalUnits ?? []).map(
    ({ OrganizationalUnitId = "" }) => OrganizationalUnitId,
  );
  return {
    type: source?.SourceType ?? "",
    organization: organizations?.OrganizationSourceType ?? "",
    organizationalUnits: units.sort(),
    regions: [...(source?.SourceRegions ?? [])].sort(),
    includeFutureRegions: source?.IncludeFutureRegions ?? false,
    enableAllOpsDataSources: source?.EnableAllOpsDataSources ?? false,
  };
}

function present(members: readonly (readonly [string, Json | undefined])[]): JsonObject {
  const kept: Record<string, Json> = {};
  for (const [name, value] of members) if (value !== undefined) kept[name] = value;
  return kept;
}
