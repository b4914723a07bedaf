import { canonicalJson, isJsonObject, type JsonObject } from "../../core/json.ts";
import type {
  OrganizationFacts,
  PlannedAccount,
  ServiceChange,
  ServicePlanInput,
} from "../../core/service-plan.ts";
import { s3Settings } from "../../data/s3-settings.ts";
import { thingAddress } from "../kit/address.ts";
import { accountNamed } from "../kit/scope.ts";
import type { S3Block, StorageLensBlock } from "./schema.ts";
import type { S3State } from "./state.ts";

const { principal } = s3Settings;

/** Plans the organization's Storage Lens: one of the block's name is adopted, with what it has. */
export function planLens({ block, state, facts }: ServicePlanInput<S3Block, S3State>): {
  change?: ServiceChange;
  address?: string;
} {
  const lens = block.storageLens;
  const owner =
    block.delegatedAdministrator === undefined
      ? facts.accounts.find(({ isManagement }) => isManagement)
      : accountNamed(facts, block.delegatedAdministrator);
  if (lens === undefined || owner === undefined || state?.lens === undefined) return {};
  const region = lens.region ?? facts.homeRegion;
  const address = thingAddress("s3", "storageLens", { account: owner.name, region }, lens.name);
  const now = owner.exists ? state.lens : null;
  const place = { workIn: owner.id, account: owner.id, region, address };
  const request = { AccountId: owner.id, ConfigId: lens.name };
  if (block.remove === true) {
    if (now === null) return { address };
    return {
      address,
      change: {
        ...place,
        operation: "DeleteStorageLensConfiguration",
        action: "delete",
        input: request,
        before: now,
        after: null,
        reason: "the file says `remove: true`",
        risk: "protection",
        phase: "undo",
      },
    };
  }
  const wanted = merged(now ?? {}, wantedLens(lens, facts));
  if (now !== null && canonicalJson(now) === canonicalJson(wanted)) return { address };
  return {
    address,
    change: {
      ...place,
      operation: "PutStorageLensConfiguration",
      action: now === null ? "create" : "update",
      input: { ...request, StorageLensConfiguration: wanted },
      before: now,
      after: wanted,
      reason: "the file wants a Storage Lens of the organization",
      path: ["storageLens"],
      needs: needsOf(owner),
    },
  };
}

function needsOf({ name }: PlannedAccount): readonly string[] {
  return [
    `trustedAccess:${principal}`,
    `delegatedAdministrator:${principal}/${name}`,
    `account:${name}`,
  ];
}

function wantedLens(lens: StorageLensBlock, facts: OrganizationFacts): JsonObject {
  const { dataProtection, activity, detailedStatusCodes, cloudWatch, export: to } = lens;
  const metrics = {
    ActivityMetrics: { IsEnabled: activity },
    AdvancedDataProtectionMetrics: { IsEnabled: dataProtection },
    DetailedStatusCodesMetrics: { IsEnabled: detailedStatusCodes },
  };
  const { organizationId, managementAccountId, partition } = facts;
  const destination =
    to === undefined
      ? undefined
      : {
          AccountId: to.account,
          Arn: `arn:${partition}:s3:::${to.bucket}`,
          Format: to.format,
          OutputSchemaVersion: "V_1",
          ...(to.prefix === undefined ? {} : { Prefix: to.prefix }),
        };
  const dataExport = {
    ...(destination === undefined ? {} : { S3BucketDestination: destination }),
    ...(cloudWatch === undefined ? {} : { CloudWatchMetrics: { IsEnabled: cloudWatch } }),
  };
  return {
    Id: lens.name,
    IsEnabled: true,
    AccountLevel: { ...metrics, BucketLevel: metrics },
    AwsOrg: {
      Arn: `arn:${partition}:organizations::${managementAccountId}:organization/${organizationId}`,
    },
    ...(Object.keys(dataExport).length === 0 ? {} : { DataExport: dataExport }),
  };
}

/** `now` with the members of `wanted`; what AWS has beside them stays. */
function merged(now: JsonObject, wanted: JsonObject): JsonObject {
  const result: Record<string, JsonObject[string]> = { ...now };
  for (const [name, value] of Object.entries(wanted)) {
    const there = now[name];
    result[name] = isJsonObject(value) && isJsonObject(there) ? merged(there, value) : value;
  }
  return result;
}
