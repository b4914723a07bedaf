import { canonicalJson, type Json, type JsonObject } from "../../core/json.ts";
import type { Risk } from "../../core/plan.ts";
import type { ServiceChange } from "../../core/service-plan.ts";
import { cloudtrailFacts } from "../../data/cloudtrail-facts.ts";
import type { PlannedBucket } from "./plan-bucket.ts";
import type { PlannedKey } from "./plan-key.ts";
import type { PlannedLogs } from "./plan-logs.ts";
import { note, type Planning, type TrailPair, trailAddress } from "./planning.ts";
import { logsManagementEvents, normalSelectors, wantedSelectors } from "./selectors.ts";

/** What trails write to. */
interface Destinations {
  readonly key: PlannedKey | null | undefined;
  readonly bucket: PlannedBucket | undefined;
  readonly logs: ReadonlyMap<number, PlannedLogs>;
}

type TrailChange = Omit<ServiceChange, "region" | "path" | "reason"> & { readonly reason?: string };

/** Plans one trail: its settings, its selectors, its tags, then that it logs. */
export function planTrail(planning: Planning, trail: TrailPair, to: Destinations): void {
  const { management } = planning;
  const { block, found, index, region } = trail;
  const address = trailAddress(management, trail);
  planning.compared.push(address);
  const add = (change: TrailChange): void => {
    planning.changes.push({
      region,
      path: ["trails", index],
      reason: "the file wants the trail so",
      ...change,
    });
  };
  if (planning.block.remove === true || block.remove === true) {
    if (found !== undefined) {
      add({
        operation: "DeleteTrail",
        address,
        action: "delete",
        input: { Name: trail.arn },
        before: { arn: trail.arn },
        after: null,
        reason: "the file says `remove: true`",
        risk: "protection",
        phase: "undo",
      });
    }
    return;
  }
  if (block.adopt !== undefined && found === undefined) {
    note(
      planning,
      "error",
      "ORGRAIL3167",
      ["trails", index, "adopt"],
      `there is no trail \`${block.adopt}\` to adopt`,
      "leave `adopt` out to make a new trail",
    );
    return;
  }
  const hasLogs = block.cloudWatchLogs === undefined || to.logs.has(index);
  if (to.bucket === undefined || to.key === undefined || !hasLogs) return; // A gap says why.
  planSettings(planning, trail, to, add);
  planDetails(planning, trail, add);
}

function planSettings(
  planning: Planning,
  trail: TrailPair,
  { key, bucket, logs }: Destinations,
  add: (change: TrailChange) => void,
): void {
  const { block, found, index } = trail;
  const address = trailAddress(planning.management, trail);
  const sink = logs.get(index);
  const wanted: Record<string, Json> = {
    S3BucketName: planning.block.logArchive.bucket,
    // A trail that is adopted keeps its folder where the file gives none.
    S3KeyPrefix: block.prefix ?? found?.settings?.S3KeyPrefix ?? "",
    IncludeGlobalServiceEvents: block.globalServiceEvents,
    IsMultiRegionTrail: block.multiRegion,
    EnableLogFileValidation: block.logFileValidation,
    IsOrganizationTrail: block.organization,
    // What the file does not speak of stays as it is.
    ...(key === null || key === undefined ? {} : { KmsKeyId: key.id }),
    ...(sink === undefined
      ? {}
      : { CloudWatchLogsLogGroupArn: sink.logGroupArn, CloudWatchLogsRoleArn: sink.roleArn }),
  };
  const needs = [
    ...(bucket?.needs ?? []),
    ...(key?.needs ?? []),
    ...(sink?.needs ?? []),
    ...(block.organization ? [`trustedAccess:${cloudtrailFacts.servicePrincipal}`] : []),
  ];
  if (found === undefined) {
    const given = Object.entries(wanted).filter(([, value]) => value !== "");
    add({
      operation: "CreateTrail",
      address,
      action: "create",
      input: {
        Name: trail.name,
        ...Object.fromEntries(given),
        ...(block.tags === undefined ? {} : { TagsList: tagList(block.tags) }),
      },
      before: null,
      after: wanted,
      reason: block.organization
        ? "the file wants a trail of the organization"
        : "the file wants a trail",
      needs,
    });
    return;
  }
  const { settings } = found;
  if (settings === undefined) return;
  const differing = Object.entries(wanted).filter(
    ([name, value]) => canonicalJson((settings as JsonObject)[name]) !== canonicalJson(value),
  );
  if (differing.length === 0) return;
  const before = Object.fromEntries(
    differing.map(([name]) => [name, (settings as JsonObject)[name] ?? ""]),
  );
  const after = Object.fromEntries(differing);
  add({
    operation: "UpdateTrail",
    address,
    action: "update",
    input: { Name: trail.arn, ...after },
    before,
    after,
    needs,
    risk: riskOf(before, after),
  });
}

/** Whether an update takes protection away: something is switched off, or logs go elsewhere. */
function riskOf(before: JsonObject, after: JsonObject): Risk {
  const isWeaker = Object.entries(after).some(
    ([name, value]) =>
      (before[name] === true && value === false) ||
      (["S3BucketName", "KmsKeyId"].includes(name) && before[name] !== ""),
  );
  return isWeaker ? "protection" : "none";
}

function planDetails(
  planning: Planning,
  trail: TrailPair,
  add: (change: TrailChange) => void,
): void {
  const { block, found, index, arn } = trail;
  const address = trailAddress(planning.management, trail);
  const part = (name: string): string => trailAddress(planning.management, trail, name);
  const isNew = found === undefined;
  const selectors = wantedSelectors(block);
  const now = isNew ? normalSelectors({}) : found.selectors && normalSelectors(found.selectors);
  if (
    selectors !== undefined &&
    now !== undefined &&
    canonicalJson(now) !== canonicalJson(selectors)
  ) {
    const weaker = logsManagementEvents(now) && !logsManagementEvents(selectors);
    add({
      operation: "PutEventSelectors",
      address: part("selectors"),
      action: "update",
      input: { TrailName: arn, ...selectors },
      before: now,
      after: selectors,
      needs: [address],
      ...(weaker ? { risk: "protection" as const } : {}),
    });
  } else if (selectors === undefined && now !== undefined && !logsManagementEvents(now)) {
    note(
      planning,
      "warning",
      "ORGRAIL3168",
      ["trails", index],
      `\`${trail.name}\` logs no management events`,
      "give `eventSelectors` or `advancedEventSelectors`, or another trail for them",
    );
  }
  const insights = block.insights === undefined ? undefined : [...block.insights].sort();
  const had = isNew ? [] : found.insights;
  if (insights !== undefined && had !== undefined && insights.join() !== had.join()) {
    add({
      operation: "PutInsightSelectors",
      address: part("insights"),
      action: "update",
      input: { TrailName: arn, InsightSelectors: insights.map((InsightType) => ({ InsightType })) },
      before: { insights: had },
      after: { insights },
      needs: [address, part("selectors")],
      ...(had.some((type) => !insights.includes(type)) ? { risk: "protection" as const } : {}),
    });
  }
  const tags = Object.entries(block.tags ?? {}).filter(
    ([key, value]) => found?.tags?.[key] !== value,
  );
  if (!isNew && found.tags !== undefined && tags.length > 0) {
    add({
      operation: "AddTags",
      address: part("tags"),
      action: "update",
      input: { ResourceId: arn, TagsList: tagList(Object.fromEntries(tags)) },
      before: { tags: Object.fromEntries(tags.map(([key]) => [key, found.tags?.[key] ?? null])) },
      after: { tags: Object.fromEntries(tags) },
      needs: [address],
    });
  }
  const logging = isNew ? false : found.logging;
  if (logging !== undefined && logging !== block.logging) {
    add({
      operation: block.logging ? "StartLogging" : "StopLogging",
      address: part("logging"),
      action: block.logging ? "enable" : "disable",
      input: { Name: arn },
      before: { logging },
      after: { logging: block.logging },
      needs: [address, part("selectors"), part("insights")],
      ...(block.logging ? {} : { risk: "protection" as const }),
    });
  }
  if (found?.logging === true && found.latestDeliveryError !== undefined) {
    note(
      planning,
      "warning",
      "ORGRAIL3169",
      ["trails", index],
      `\`${trail.name}\` could not write its last log file: ${found.latestDeliveryError}`,
      "see that the bucket, its policy and the key are there",
    );
  }
}

function tagList(tags: Readonly<Record<string, string>>): JsonObject[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
