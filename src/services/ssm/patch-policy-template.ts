import { canonicalJson, type Json, type JsonObject } from "../../core/json.ts";
import type { IdOrRef } from "../../core/service-plan.ts";
import { systemsManagerFacts } from "../../data/systems-manager.ts";
import type { PatchPolicyBlock } from "./patch-policy-schema.ts";

const { quickSetup } = systemsManagerFacts;

/** What a patch policy rests on; ids of what the plan is still to make are references. */
export interface PatchPolicyIds {
  /** By operating system. */
  readonly baselines: Readonly<
    Record<string, { readonly id: Json; readonly name: string; readonly isAws: boolean }>
  >;
  readonly units: readonly IdOrRef[];
  readonly regions: readonly string[];
  /** Where the patch baselines are. */
  readonly homeRegion: string;
}

/** A patch policy as CloudFormation is to have it, and as {@link patchPolicyFacet} then reads it. */
export interface WantedPatchPolicy {
  readonly template: string;
  readonly parameters: JsonObject;
  readonly facet: JsonObject;
}

/**
 * The stack of a patch policy. Ids come in as the stack's parameters, because the plan knows some
 * only once it is applied.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/quick-setup-api.html
 */
export function wantedPatchPolicy(
  name: string,
  block: PatchPolicyBlock,
  { baselines, units, regions, homeRegion }: PatchPolicyIds,
): WantedPatchPolicy {
  const parameters: Record<string, Json> = {};
  const selected: Record<string, Json> = {};
  const facetBaselines: Record<string, Json> = {};
  for (const [system, { id, name: label, isAws }] of Object.entries(baselines)) {
    const parameter = `Baseline${system.replaceAll("_", "")}`;
    parameters[parameter] = id;
    facetBaselines[system] = id;
    selected[system] = {
      value: `\${${parameter}}`,
      label,
      description: isAws ? "Provided by AWS" : "Kept by orgrail",
      disabled: false,
    };
  }
  for (const [index, id] of units.entries()) parameters[`Unit${index + 1}`] = id;
  const isAllAws = Object.values(baselines).every(({ isAws }) => isAws);
  const plain = plainParameters(name, block, regions, homeRegion, isAllAws);
  const description = block.description ?? `Patch policy ${name}, kept by orgrail`;
  const template = canonicalJson({
    AWSTemplateFormatVersion: "2010-09-09",
    Description: `orgrail: patch policy ${name}`,
    Parameters: Object.fromEntries(
      Object.keys(parameters).map((parameter) => [parameter, { Type: "String" }]),
    ),
    Resources: {
      [quickSetup.logicalId]: {
        Type: quickSetup.resourceType,
        Properties: {
          Name: name,
          Description: description,
          ConfigurationDefinitions: [
            {
              Type: quickSetup.patchPolicyType,
              Parameters: {
                ...plain,
                SelectedPatchBaselines: { "Fn::Sub": canonicalJson(selected) },
                TargetOrganizationalUnits: {
                  "Fn::Sub": units.map((_, index) => `\${Unit${index + 1}}`).join(","),
                },
              },
            },
          ],
        },
      },
    },
  });
  return {
    template,
    parameters,
    facet: {
      description,
      ...plain,
      baselines: facetBaselines,
      organizationalUnits: [...units],
    },
  };
}

function plainParameters(
  name: string,
  block: PatchPolicyBlock,
  regions: readonly string[],
  homeRegion: string,
  isAllAws: boolean,
): Readonly<Record<string, string>> {
  const { output, installSchedule } = block;
  return {
    PatchPolicyName: name,
    PatchBaselineRegion: homeRegion,
    PatchBaselineUseDefault: isAllAws ? "default" : "custom",
    ConfigurationOptionsPatchOperation: block.operation,
    ConfigurationOptionsScanValue: block.scanSchedule,
    ConfigurationOptionsScanNextInterval: String(block.scanAtNextInterval),
    ...(installSchedule === undefined
      ? {}
      : {
          ConfigurationOptionsInstallValue: installSchedule,
          ConfigurationOptionsInstallNextInterval: String(block.installAtNextInterval),
        }),
    RebootOption: block.reboot,
    IsPolicyAttachAllowed: String(block.attachPolicies),
    RateControlConcurrency: block.concurrency,
    RateControlErrorThreshold: block.errorThreshold,
    OutputLogEnableS3: String(output !== undefined),
    ...(output === undefined
      ? {}
      : {
          OutputS3BucketName: output.bucket,
          OutputBucketRegion: output.region,
          OutputS3KeyPrefix: output.prefix ?? "",
        }),
    TargetRegions: [...regions].sort().join(","),
  };
}
