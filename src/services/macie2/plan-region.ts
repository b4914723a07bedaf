import type { RegionName } from "../../core/identifiers.ts";
import { canonicalJson, type Json, type JsonObject } from "../../core/json.ts";
import type { ServiceChange } from "../../core/service-plan.ts";
import { macieFacts } from "../../data/macie.ts";
import { byAdministrator, type MaciePlanning, regionAddress, say } from "./planning.ts";
import type { ExportBlock } from "./schema.ts";
import type { MacieRegionState } from "./state.ts";

/** Plans what the administrator sets for the organization and for itself in a Region. */
export function planSettings(
  planning: MaciePlanning,
  region: RegionName,
  found: MacieRegionState,
): void {
  const { block, administrator } = planning;
  const isNew = found.administrator !== administrator.id;
  if (found.limitReached === true) {
    say(
      planning,
      "warning",
      "ORGRAIL3142",
      [],
      `Macie has as many members in \`${region}\` as AWS allows (${macieFacts.maxMembers})`,
      "further accounts are not covered there",
    );
  }
  const set = setter(planning, region);
  const autoEnable = isNew ? false : found.autoEnable;
  set("organizationConfiguration", "UpdateOrganizationConfiguration", {
    input: { autoEnable: block.autoEnable },
    before: autoEnable === undefined ? undefined : { autoEnable },
    after: { autoEnable: block.autoEnable },
    path: ["autoEnable"],
  });
  // A new administrator without Macie gets it by being designated, with AWS's default.
  const isBare = !administrator.exists || found.frequency === null;
  const frequency = isBare ? "FIFTEEN_MINUTES" : found.frequency;
  set("session", "UpdateMacieSession", {
    input: { findingPublishingFrequency: block.findingPublishingFrequency },
    before: frequency == null ? undefined : { frequency },
    after: { frequency: block.findingPublishingFrequency },
    path: ["findingPublishingFrequency"],
  });
  const destination = block.classificationExport?.[region];
  if (destination !== undefined) {
    const to = destinationOf(destination);
    const now = isBare ? null : found.export;
    set("classificationExport", "PutClassificationExportConfiguration", {
      input: { configuration: { s3Destination: to } },
      before: now === undefined ? undefined : now === null ? null : picked(now, to),
      after: to,
      path: ["classificationExport", region],
    });
  }
  if (block.publishToSecurityHub !== undefined) {
    const { policyFindings: policy, classificationFindings: classification } =
      block.publishToSecurityHub;
    const now = isBare ? { policy: true, classification: false } : found.publication;
    set("publication", "PutFindingsPublicationConfiguration", {
      input: {
        securityHubConfiguration: {
          publishPolicyFindings: policy,
          publishClassificationFindings: classification,
        },
      },
      before: now === undefined ? undefined : { ...now },
      after: { policy, classification },
      path: ["publishToSecurityHub"],
    });
  }
  planDiscovery(planning, region, found, isBare);
}

/** Plans automated discovery, after the members: those that are there are not new to it. */
function planDiscovery(
  planning: MaciePlanning,
  region: RegionName,
  found: MacieRegionState,
  isBare: boolean,
): void {
  const { block, administrator } = planning;
  const wanted = block.automatedDiscovery;
  if (wanted === undefined) return;
  const members = regionAddress("members", region);
  const now = isBare ? { status: "DISABLED", mode: "NONE" } : found.discovery;
  setter(planning, region)("automatedDiscovery", "UpdateAutomatedDiscoveryConfiguration", {
    input: { status: "ENABLED", autoEnableOrganizationMembers: wanted.mode },
    before: now === undefined ? undefined : { ...now },
    after: { status: "ENABLED", mode: wanted.mode },
    path: ["automatedDiscovery"],
    needs: [members],
  });
  const isNew = found.administrator !== administrator.id;
  if (isNew || found.discoveryAccounts === undefined) return;
  const { discoveryAccounts } = found;
  const excluded = new Set(wanted.excludeAccounts ?? []);
  const on = planning.facts.accounts.filter(
    ({ name, id }) =>
      excluded.has(name) && typeof id === "string" && discoveryAccounts[id] === "ENABLED",
  );
  const size = macieFacts.discoveryBatchSize;
  for (let start = 0; start < on.length; start += size) {
    const batch = on.slice(start, start + size);
    planning.changes.push(
      byAdministrator(planning, region, {
        operation: "BatchUpdateAutomatedDiscoveryAccounts",
        address: regionAddress("automatedDiscoveryAccounts", region),
        action: "disable",
        input: { accounts: batch.map(({ id }) => ({ accountId: id, status: "DISABLED" })) },
        before: { accounts: batch.map(({ id }) => ({ account: id, status: "ENABLED" })) },
        after: { accounts: batch.map(({ id }) => ({ account: id, status: "DISABLED" })) },
        reason: "the file excludes them from automated discovery",
        detail: `${start / size + 1}`,
        path: ["automatedDiscovery", "excludeAccounts"],
        needs: [regionAddress("automatedDiscovery", region)],
      }),
    );
  }
}

/** A destination in the form of the SDK. */
function destinationOf({ bucket, prefix, kmsKeyArn, bucketOwner }: ExportBlock): JsonObject {
  return {
    bucketName: bucket,
    kmsKeyArn,
    ...(prefix === undefined ? {} : { keyPrefix: prefix }),
    ...(bucketOwner === undefined ? {} : { expectedBucketOwner: bucketOwner }),
  };
}

/** Those members of a value that another has; `null` for what it lacks. */
export function picked(value: JsonObject, like: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.keys(like).map((member): [string, Json] => [member, value[member] ?? null]),
  );
}

interface Setting {
  readonly input: JsonObject;
  /** `undefined`: not read, and a gap says why. */
  readonly before: JsonObject | null | undefined;
  readonly after: JsonObject;
  readonly path: readonly (string | number)[];
  readonly needs?: readonly string[];
}

function setter(
  planning: MaciePlanning,
  region: RegionName,
): (kind: string, operation: string, setting: Setting) => void {
  return (kind, operation, { input, before, after, path, needs = [] }) => {
    if (before === undefined) return;
    const address = regionAddress(kind, region);
    planning.compared.push(address);
    if (canonicalJson(before) === canonicalJson(after)) return;
    planning.changes.push(
      byAdministrator(planning, region, {
        operation,
        address,
        action: before === null ? "create" : "update",
        input,
        before,
        after,
        reason: "the file says so",
        path,
        needs: [regionAddress("administrator", region), ...needs],
      } satisfies Omit<ServiceChange, "workIn" | "region">),
    );
  };
}
