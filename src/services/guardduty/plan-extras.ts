import type { Json, JsonObject } from "../../core/json.ts";
import type { ServiceChange } from "../../core/service-plan.ts";
import { listWords } from "./list-words.ts";
import { addressIn, detectorAddress, inAccount, type RegionPlanning } from "./planning.ts";
import type { ListBlock } from "./schema.ts";
import { type ListKind, type ListState, listKinds } from "./state.ts";

/** Plans the export of findings. */
export function planDestinations(planning: RegionPlanning, detectorId: Json): void {
  const { admin, block, read, region, sink } = planning;
  const { findingsExport } = block;
  if (findingsExport === undefined) return;
  const found = read.administrator === admin.id ? read.destinations : [];
  if (found === undefined) return;
  const { kmsKeyArn, expectedBucketOwner } = findingsExport;
  const bucketArn = inRegion(findingsExport.bucketArn, planning);
  const wanted: JsonObject = {
    bucketArn,
    kmsKeyArn: inRegion(kmsKeyArn, planning),
    ...(expectedBucketOwner === undefined ? {} : { expectedBucketOwner }),
  };
  const address = addressIn(region, "findingsExport");
  sink.compared.push(address);
  const [first] = found;
  const common = {
    ...inAccount(admin, region),
    address,
    path: ["findingsExport"],
    needs: [addressIn(region, "administrator"), detectorAddress(admin, region)],
  };
  const DestinationProperties: JsonObject = {
    DestinationArn: bucketArn,
    KmsKeyArn: wanted.kmsKeyArn ?? null,
    ...(expectedBucketOwner === undefined ? {} : { ExpectedBucketOwner: expectedBucketOwner }),
  };
  if (first === undefined) {
    sink.changes.push({
      ...common,
      operation: "CreatePublishingDestination",
      action: "create",
      input: { DetectorId: detectorId, DestinationType: "S3", DestinationProperties },
      before: null,
      after: wanted,
      reason: "findings shall be exported to S3",
    });
    return;
  }
  const before: JsonObject = Object.fromEntries(
    Object.keys(wanted).map((key) => [key, first[key as keyof typeof first] ?? null]),
  );
  if (Object.entries(wanted).every(([key, value]) => before[key] === value)) return;
  sink.changes.push({
    ...common,
    operation: "UpdatePublishingDestination",
    action: "update",
    input: { DetectorId: detectorId, DestinationId: first.id, DestinationProperties },
    before,
    after: wanted,
    reason: "findings are exported elsewhere; AWS takes one destination",
  });
}

/** Plans trusted and threat lists. */
export function planLists(planning: RegionPlanning, detectorId: Json): void {
  const { admin, block, read, region, sink } = planning;
  for (const kind of listKinds) {
    const { member, most } = listWords[kind];
    const wanted = block[member];
    const found = read.administrator === admin.id ? read.lists?.[kind] : [];
    if (found === undefined || wanted === undefined) continue;
    const names = new Set(wanted.map(({ name }) => name));
    for (const other of found.filter(({ name }) => !names.has(name))) {
      const address = addressIn(region, kind, other.name);
      sink.foreign.push({ address, id: other.id, note: other.location });
    }
    const missing = wanted.filter(({ name }) => !found.some((list) => list.name === name));
    if (found.length + missing.length > most) {
      sink.issues.push({
        severity: "error",
        code: "ORGRAIL3215",
        path: [member],
        summary: `\`${region}\` would have ${found.length + missing.length} lists of a kind of which AWS allows ${most}`,
        help: "give the list that is there the name of that in the file, or delete it",
      });
      continue;
    }
    for (const [index, list] of wanted.entries()) {
      const known = found.find(({ name }) => name === list.name);
      planList(planning, kind, list, known, detectorId, [member, index]);
    }
  }
}

function planList(
  planning: RegionPlanning,
  kind: ListKind,
  list: ListBlock,
  found: ListState | undefined,
  detectorId: Json,
  path: readonly (string | number)[],
): void {
  const { admin, region, sink } = planning;
  const address = addressIn(region, kind, list.name);
  const location = inRegion(list.location, planning);
  sink.compared.push(address);
  const owner =
    list.expectedBucketOwner === undefined ? {} : { ExpectedBucketOwner: list.expectedBucketOwner };
  const common: Pick<
    ServiceChange,
    "address" | "path" | "needs" | "workIn" | "region" | "account"
  > = {
    ...inAccount(admin, region),
    address,
    path,
    needs: [addressIn(region, "administrator"), detectorAddress(admin, region)],
  };
  if (found === undefined) {
    sink.changes.push({
      ...common,
      operation: `Create${kind}`,
      action: "create",
      input: {
        DetectorId: detectorId,
        Name: list.name,
        Format: list.format,
        Location: location,
        Activate: list.active,
        ...owner,
      },
      before: null,
      after: { format: list.format, location, active: list.active },
      reason: "the file names this list",
    });
    return;
  }
  sink.ids[address] = found.id;
  if (found.format !== list.format) {
    sink.issues.push({
      severity: "warning",
      code: "ORGRAIL3216",
      path,
      summary: `\`${list.name}\` in \`${region}\` is of format ${found.format}, which AWS cannot change`,
      help: "delete the list, or give the one in the file another name",
    });
  }
  if (found.location === location && found.active === list.active) return;
  sink.changes.push({
    ...common,
    operation: `Update${kind}`,
    action: "update",
    input: {
      DetectorId: detectorId,
      [listWords[kind].id]: found.id,
      Location: location,
      Activate: list.active,
      ...owner,
    },
    before: { location: found.location, active: found.active },
    after: { location, active: list.active },
    reason: "the list is not as the file has it",
    ...(found.active && !list.active ? { risk: "protection" as const } : {}),
  });
}

function inRegion(text: string, { region }: RegionPlanning): string {
  return text.replaceAll("{region}", region);
}
