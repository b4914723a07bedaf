import type { RegionName } from "../../core/identifiers.ts";
import { canonicalJson, type JsonObject } from "../../core/json.ts";
import {
  administratorAddress,
  byAdministrator,
  type HubPlanning,
  homeAddress,
  warn,
} from "./planning.ts";
import type { AggregationBlock } from "./schema.ts";
import type { AggregatorState } from "./state.ts";

/** Of which of the two Security Hubs an aggregator is. */
export type AggregatorKind = "aggregator" | "v2Aggregator";

const operations: Readonly<
  Record<AggregatorKind, { create: string; update: string; arn: string; list: string }>
> = {
  aggregator: {
    create: "CreateFindingAggregator",
    update: "UpdateFindingAggregator",
    arn: "FindingAggregatorArn",
    list: "Regions",
  },
  v2Aggregator: {
    create: "CreateAggregatorV2",
    update: "UpdateAggregatorV2",
    arn: "AggregatorV2Arn",
    list: "LinkedRegions",
  },
};

/**
 * Plans an aggregator in the home Region.
 *
 * @returns whether it is, or will be, in the home Region
 */
export function planAggregator(
  planning: HubPlanning,
  kind: AggregatorKind,
  wanted: AggregationBlock,
  found: AggregatorState | null | undefined,
  needs: readonly string[],
): boolean {
  const { home } = planning;
  if (found === undefined) return false;
  const { create, update, arn, list } = operations[kind];
  const address = homeAddress(planning, kind);
  const path = kind === "aggregator" ? ["aggregation"] : ["v2", "aggregation"];
  planning.compared.push(address);
  if (found !== null && found.home !== home) {
    warn(
      planning,
      "ORGRAIL3132",
      kind === "aggregator" ? ["homeRegion"] : path,
      `findings come together in \`${found.home}\`, not in \`${home}\``,
      "AWS cannot move an aggregator: name that Region, or delete the aggregator first, which also ends central configuration",
    );
    return false;
  }
  const after = facetOf(wanted.linking, wanted.regions ?? []);
  const regions: JsonObject =
    wanted.regions === undefined ? {} : { [list]: [...wanted.regions].sort() };
  const shared = { address, after, path, needs: [administratorAddress(home), ...needs] };
  if (found === null) {
    planning.changes.push(
      byAdministrator(planning, home, {
        ...shared,
        operation: create,
        action: "create",
        input: { RegionLinkingMode: wanted.linking, ...regions },
        before: null,
        reason: "the file wants findings in one Region",
      }),
    );
    return true;
  }
  planning.ids[address] = found.arn;
  const before = facetOf(found.linking, found.regions);
  if (canonicalJson(before) !== canonicalJson(after)) {
    planning.changes.push(
      byAdministrator(planning, home, {
        ...shared,
        operation: update,
        action: "update",
        input: { [arn]: found.arn, RegionLinkingMode: wanted.linking, ...regions },
        before,
        reason: "the file links other Regions",
      }),
    );
  }
  return true;
}

/** The facet of an aggregator: its linking mode and Regions, sorted. */
export function facetOf(linking: string, regions: readonly RegionName[]): JsonObject {
  return { linking, regions: [...regions].sort() };
}
