import type {
  BatchGetConfigurationPolicyAssociationsCommandInput,
  BatchGetConfigurationPolicyAssociationsCommandOutput,
  ConfigurationPolicyAssociationSummary,
  GetConfigurationPolicyAssociationCommandInput,
  GetConfigurationPolicyAssociationCommandOutput,
  ListConfigurationPolicyAssociationsCommandInput,
  ListConfigurationPolicyAssociationsCommandOutput,
  StartConfigurationPolicyAssociationCommandInput,
  StartConfigurationPolicyAssociationCommandOutput,
  StartConfigurationPolicyDisassociationCommandInput,
  StartConfigurationPolicyDisassociationCommandOutput,
  Target,
} from "@aws-sdk/client-securityhub";
import { securityHubFacts } from "../../../data/securityhub.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { effectiveAssociation } from "./configuration.ts";
import { centralCaller, findPolicy } from "./configuration-policies.ts";
import { invalidInput, notFound } from "./errors.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { type AccountWide, selfManaged } from "./state.ts";

const startAssociation: Served<
  StartConfigurationPolicyAssociationCommandInput,
  StartConfigurationPolicyAssociationCommandOutput
> = (context, input) => {
  const { wide, organization } = centralCaller(context);
  const policyId = policyIdOf(wide, input.ConfigurationPolicyIdentifier);
  const targetId = validTarget(organization, input.Target);
  if (wide.associations.get(targetId)?.policyId !== policyId) {
    wide.associations.set(targetId, { policyId, updatedAt: context.world.clock.now() });
  }
  return summary(context, organization, wide, targetId) ?? {};
};

const startDisassociation: Served<
  StartConfigurationPolicyDisassociationCommandInput,
  StartConfigurationPolicyDisassociationCommandOutput
> = (context, input) => {
  const { wide, organization } = centralCaller(context);
  const policyId = policyIdOf(wide, input.ConfigurationPolicyIdentifier);
  const targetId = validTarget(organization, input.Target);
  if (wide.associations.get(targetId)?.policyId !== policyId) {
    throw notFound(`Configuration ${policyId} is not associated with target ${targetId}`);
  }
  wide.associations.delete(targetId);
  return {};
};

const getAssociation: Served<
  GetConfigurationPolicyAssociationCommandInput,
  GetConfigurationPolicyAssociationCommandOutput
> = (context, input) => {
  const { wide, organization } = centralCaller(context);
  const targetId = validTarget(organization, input.Target);
  const found = summary(context, organization, wide, targetId);
  if (found === undefined) throw notFound(`No configuration is associated with target ${targetId}`);
  return found;
};

const batchGetAssociations: Served<
  BatchGetConfigurationPolicyAssociationsCommandInput,
  BatchGetConfigurationPolicyAssociationsCommandOutput
> = (context, input) => {
  const { wide, organization } = centralCaller(context);
  const asked = input.ConfigurationPolicyAssociationIdentifiers ?? [];
  if (asked.length < 1 || asked.length > securityHubFacts.batchSizes.associations) {
    throw invalidInput("Invalid parameter 'ConfigurationPolicyAssociationIdentifiers'");
  }
  const found: ConfigurationPolicyAssociationSummary[] = [];
  const failed: BatchGetConfigurationPolicyAssociationsCommandOutput["UnprocessedConfigurationPolicyAssociations"] =
    [];
  for (const identifier of asked) {
    const id = targetIdOf(identifier.Target);
    const one = isTarget(organization, id) ? summary(context, organization, wide, id) : undefined;
    if (one !== undefined) found.push(one);
    else {
      failed.push({
        ConfigurationPolicyAssociationIdentifiers: identifier,
        ErrorCode: "ResourceNotFoundException",
        ErrorReason: `No configuration is associated with target ${id}`,
      });
    }
  }
  return {
    ConfigurationPolicyAssociations: found,
    UnprocessedConfigurationPolicyAssociations: failed,
  };
};

const listAssociations: Served<
  ListConfigurationPolicyAssociationsCommandInput,
  ListConfigurationPolicyAssociationsCommandOutput
> = (context, input) => {
  const { wide, organization } = centralCaller(context);
  const { ConfigurationPolicyId, AssociationType, AssociationStatus } = input.Filters ?? {};
  const wanted =
    ConfigurationPolicyId === undefined ? undefined : policyIdOf(wide, ConfigurationPolicyId);
  const targets =
    AssociationType === "APPLIED"
      ? [...wide.associations.keys()].filter((id) => isTarget(organization, id))
      : [organization.root.id, ...organization.units.keys(), ...organization.accountOrder];
  const all = targets.flatMap((id) => {
    const found = summary(context, organization, wide, id);
    if (found === undefined) return [];
    if (wanted !== undefined && found.ConfigurationPolicyId !== wanted) return [];
    if (AssociationType !== undefined && found.AssociationType !== AssociationType) return [];
    if (AssociationStatus !== undefined && found.AssociationStatus !== AssociationStatus) return [];
    return [found];
  });
  const list = `associations ${JSON.stringify(input.Filters ?? {})}`;
  const { items, next } = page(list, all, input, securityHubFacts.pageSizes.associations);
  return { ConfigurationPolicyAssociationSummaries: items, ...next };
};

function summary(
  { world }: HandlerContext,
  organization: OrganizationRecord,
  wide: AccountWide,
  targetId: string,
): ConfigurationPolicyAssociationSummary | undefined {
  const found = effectiveAssociation(world, organization, wide, targetId);
  if (found === undefined) return undefined;
  return {
    ConfigurationPolicyId: found.policyId,
    TargetId: targetId,
    TargetType: targetId.startsWith("r-")
      ? "ROOT"
      : targetId.startsWith("ou-")
        ? "ORGANIZATIONAL_UNIT"
        : "ACCOUNT",
    AssociationType: found.type,
    UpdatedAt: new Date(found.updatedAt),
    AssociationStatus: found.status,
    ...(found.message === undefined ? {} : { AssociationStatusMessage: found.message }),
  };
}

function policyIdOf(wide: AccountWide, identifier: string | undefined): string {
  return identifier === selfManaged ? selfManaged : findPolicy(wide, identifier).id;
}

function validTarget(organization: OrganizationRecord, target: Target | undefined): string {
  const id = targetIdOf(target);
  if (!isTarget(organization, id)) throw notFound(`Target ${id} is not in the organization`);
  return id;
}

function targetIdOf(target: Target | undefined): string {
  const id = target?.AccountId ?? target?.OrganizationalUnitId ?? target?.RootId;
  if (id === undefined) throw invalidInput("Invalid parameter 'Target'");
  return id;
}

function isTarget(organization: OrganizationRecord, id: string): boolean {
  return id === organization.root.id || organization.units.has(id) || organization.accounts.has(id);
}

/** Operations on associations of configuration policies. */
export const associationHandlers: Readonly<Record<string, AnyHandler>> = {
  StartConfigurationPolicyAssociation: startAssociation,
  StartConfigurationPolicyDisassociation: startDisassociation,
  GetConfigurationPolicyAssociation: getAssociation,
  BatchGetConfigurationPolicyAssociations: batchGetAssociations,
  ListConfigurationPolicyAssociations: listAssociations,
};
