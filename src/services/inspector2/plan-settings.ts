import type { Json } from "../../core/json.ts";
import { isSame } from "../kit/batches.ts";
import { addressIn, administratorNeeds, type RegionPlanning } from "./planning.ts";

/** Plans how the administrator scans, which holds for its members. */
export function planSettings(planning: RegionPlanning): void {
  planConfiguration(planning);
  planPaths(planning);
}

function planConfiguration({ admin, block, read, region, sink }: RegionPlanning): void {
  const wanted: Record<string, string> = {
    ...(block.ec2ScanMode === undefined ? {} : { ec2ScanMode: block.ec2ScanMode }),
    ...(block.ecrRescanDuration === undefined
      ? {}
      : { ecrRescanDuration: block.ecrRescanDuration }),
  };
  const address = addressIn(region, "configuration");
  const isFresh = read.administrator !== admin.id;
  if (Object.keys(wanted).length === 0 || (!isFresh && read.configuration === undefined)) return;
  sink.compared.push(address);
  const found: Readonly<Record<string, string>> = isFresh ? {} : { ...read.configuration };
  const differing = Object.entries(wanted).filter(([key, value]) => found[key] !== value);
  if (differing.length === 0) return;
  const after = Object.fromEntries(differing);
  sink.changes.push({
    workIn: admin.id,
    region,
    account: admin.id,
    operation: "UpdateConfiguration",
    address,
    action: "update",
    input: {
      ...(after.ec2ScanMode === undefined
        ? {}
        : { ec2Configuration: { scanMode: after.ec2ScanMode } }),
      ...(after.ecrRescanDuration === undefined
        ? {}
        : { ecrConfiguration: { rescanDuration: after.ecrRescanDuration } }),
    },
    before: isFresh
      ? null
      : Object.fromEntries(differing.map(([key]): [string, Json] => [key, found[key] ?? null])),
    after,
    reason: "the administrator does not scan as the file says",
    path: [differing[0]?.[0] ?? "ec2ScanMode"],
    needs: [
      ...administratorNeeds(admin),
      addressIn(region, "administrator"),
      // AWS takes the mode of a scan type that is on.
      addressIn(region, "administratorScans"),
    ],
  });
}

function planPaths({ admin, block, read, region, sink }: RegionPlanning): void {
  const { deepInspectionPaths } = block;
  if (deepInspectionPaths === undefined) return;
  const isFresh = read.administrator !== admin.id;
  const found = isFresh ? [] : read.paths;
  const wanted = [...deepInspectionPaths].sort();
  const address = addressIn(region, "deepInspection");
  sink.compared.push(address);
  if (found === undefined || isSame(wanted, found)) return;
  sink.changes.push({
    workIn: admin.id,
    region,
    account: admin.id,
    operation: "UpdateOrgEc2DeepInspectionConfiguration",
    address,
    action: "update",
    input: { orgPackagePaths: wanted },
    before: { paths: found },
    after: { paths: wanted },
    reason: "deep inspection shall look into these paths",
    path: ["deepInspectionPaths"],
    needs: [
      ...administratorNeeds(admin),
      addressIn(region, "administrator"),
      addressIn(region, "administratorScans"),
    ],
  });
}
