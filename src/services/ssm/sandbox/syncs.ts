import type {
  CreateResourceDataSyncCommandInput,
  CreateResourceDataSyncCommandOutput,
  DeleteResourceDataSyncCommandInput,
  DeleteResourceDataSyncCommandOutput,
  ListResourceDataSyncCommandInput,
  ListResourceDataSyncCommandOutput,
  ResourceDataSyncItem,
  ResourceDataSyncSource,
  UpdateResourceDataSyncCommandInput,
  UpdateResourceDataSyncCommandOutput,
} from "@aws-sdk/client-ssm";
import { systemsManagerFacts } from "../../../data/systems-manager.ts";
import { type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { administratorsOf, isTrusted, organizationWith } from "../../kit/sandbox-organization.ts";
import { pageOf } from "../../kit/sandbox-page.ts";
import { ensureServiceLinkedRole } from "../../kit/sandbox-service-linked-role.ts";
import { nextPage } from "./baseline-ids.ts";
import { invalidSync } from "./errors.ts";
import { type Served, type SyncRecord, stateOf } from "./state.ts";

const { principal, resourceDataSyncs: quota, pageSizes } = systemsManagerFacts;

/** CreateResourceDataSync. That of an organization is for its administrators. */
export const createResourceDataSync: Served<
  CreateResourceDataSyncCommandInput,
  CreateResourceDataSyncCommandOutput
> = (context, input) => {
  const { SyncName: name = "", SyncType = "SyncToDestination", SyncSource, S3Destination } = input;
  const type = SyncType === "SyncFromSource" ? "SyncFromSource" : "SyncToDestination";
  if ((type === "SyncFromSource") !== (SyncSource !== undefined)) {
    throw invalidSync("SyncSource goes with the sync type SyncFromSource");
  }
  if (type === "SyncToDestination" && S3Destination === undefined) {
    throw invalidSync("S3Destination is required for the sync type SyncToDestination");
  }
  if (SyncSource !== undefined) checkSource(context, SyncSource);
  const state = stateOf(context);
  state.syncs ??= new Map();
  if (state.syncs.has(keyOf(name, type))) {
    throw new ServiceError("ResourceDataSyncAlreadyExistsException", "Sync already exists.", {
      members: { SyncName: name },
    });
  }
  const alike = [...state.syncs.values()].filter((sync) => sync.type === type).length;
  if (alike >= quota) {
    const Message = `You have exceeded the allowed maximum sync configurations: ${quota}.`;
    throw new ServiceError("ResourceDataSyncCountExceededException", Message, {
      members: { Message },
    });
  }
  const { world, caller } = context;
  if (SyncSource?.SourceType === "AwsOrganizations") {
    ensureServiceLinkedRole(world, caller.account, systemsManagerFacts.discoveryPrincipal);
  }
  const now = world.clock.now();
  state.syncs.set(keyOf(name, type), {
    name,
    type,
    ...(SyncSource === undefined ? {} : { source: SyncSource }),
    ...(S3Destination === undefined ? {} : { destination: S3Destination }),
    createdAt: now,
    modifiedAt: now,
  });
  return {};
};

/** UpdateResourceDataSync: only the source of one `SyncFromSource`. */
export const updateResourceDataSync: Served<
  UpdateResourceDataSyncCommandInput,
  UpdateResourceDataSyncCommandOutput
> = (context, input) => {
  const { SyncName: name = "", SyncType, SyncSource } = input;
  if (SyncType !== "SyncFromSource" || SyncSource === undefined) {
    throw invalidSync("Only syncs of the type SyncFromSource can be updated");
  }
  const sync = stateOf(context).syncs?.get(keyOf(name, SyncType));
  if (sync === undefined) throw notFound(name, SyncType);
  checkSource(context, SyncSource);
  sync.source = SyncSource;
  sync.modifiedAt = context.world.clock.now();
  return {};
};

/** DeleteResourceDataSync. */
export const deleteResourceDataSync: Served<
  DeleteResourceDataSyncCommandInput,
  DeleteResourceDataSyncCommandOutput
> = (context, input) => {
  const { SyncName: name = "", SyncType: type = "SyncToDestination" } = input;
  if (stateOf(context).syncs?.delete(keyOf(name, type)) !== true) throw notFound(name, type);
  return {};
};

/** ListResourceDataSync. */
export const listResourceDataSync: Served<
  ListResourceDataSyncCommandInput,
  ListResourceDataSyncCommandOutput
> = (context, input) => {
  const { SyncType: wanted } = input;
  const all = [...(stateOf(context).syncs?.values() ?? [])].filter(
    ({ type }) => wanted === undefined || type === wanted,
  );
  const { items, nextToken } = pageOf(
    all,
    { maxResults: input.MaxResults, token: input.NextToken },
    nextPage(`syncs ${wanted ?? ""}`, pageSizes.resourceDataSyncs),
  );
  return {
    ResourceDataSyncItems: items.map(syncOutput),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
};

function checkSource(context: HandlerContext, source: ResourceDataSyncSource): void {
  const { SourceType, AwsOrganizationsSource: organizations, SourceRegions = [] } = source;
  if (SourceRegions.length === 0) throw invalidSync("SourceRegions must not be empty");
  if (SourceType === "SingleAccountMultiRegions") return;
  if (SourceType !== "AwsOrganizations" || organizations === undefined) {
    throw invalidSync("SourceType is AwsOrganizations or SingleAccountMultiRegions");
  }
  const { OrganizationSourceType, OrganizationalUnits = [] } = organizations;
  const needsUnits = OrganizationSourceType === "OrganizationalUnits";
  if (!needsUnits && OrganizationSourceType !== "EntireOrganization") {
    throw invalidSync("OrganizationSourceType is EntireOrganization or OrganizationalUnits");
  }
  if (needsUnits !== OrganizationalUnits.length > 0) {
    throw invalidSync("OrganizationalUnits go with the type OrganizationalUnits");
  }
  const { world, caller } = context;
  const organization = organizationWith(world, caller.account);
  const administers =
    organization !== undefined &&
    (organization.managementAccountId === caller.account ||
      administratorsOf(organization, principal).includes(caller.account));
  if (!administers) {
    throw invalidSync(
      "The account must be the management account or a delegated administrator of Systems Manager",
    );
  }
  if (!isTrusted(organization, principal)) {
    throw invalidSync("Systems Manager does not have trusted access to AWS Organizations");
  }
}

function keyOf(name: string, type: string): string {
  return `${type} ${name}`;
}

function notFound(SyncName: string, SyncType: string): ServiceError {
  const Message = `The sync ${SyncName} was not found`;
  return new ServiceError("ResourceDataSyncNotFoundException", Message, {
    members: { SyncName, SyncType, Message },
  });
}

function syncOutput({
  name,
  type,
  source,
  destination,
  createdAt,
  modifiedAt,
}: SyncRecord): ResourceDataSyncItem {
  return {
    SyncName: name,
    SyncType: type,
    ...(source === undefined ? {} : { SyncSource: { ...source, State: "ENABLED" } }),
    ...(destination === undefined ? {} : { S3Destination: destination }),
    LastStatus: "Successful",
    LastSyncTime: new Date(modifiedAt),
    LastSuccessfulSyncTime: new Date(modifiedAt),
    SyncCreatedTime: new Date(createdAt),
    SyncLastModifiedTime: new Date(modifiedAt),
  };
}
