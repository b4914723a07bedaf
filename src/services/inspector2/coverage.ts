import type { AccountId } from "../../core/identifiers.ts";
import type {
  CoverageInput,
  CoverageReader,
  ServiceCoverage,
  Verdict,
} from "../../core/service-coverage.ts";
import { fact, outside, remembering, unread, verdict } from "../kit/coverage.ts";
import type { ScanName } from "./schema.ts";
import type { InspectorState, RegionRead } from "./state.ts";

const source = "inspector2:BatchGetAccountStatus";

/** What Inspector scans, by the administrator; by the account itself where that does not know. */
export const inspectorCoverage: ServiceCoverage<InspectorState> = { cells: "region", read };

function read({ state }: CoverageInput<InspectorState>): CoverageReader {
  const once = remembering<Verdict>();
  const scans = new Map<RegionRead, ReadonlyMap<AccountId, readonly ScanName[]>>();
  const outsiders = new Map<RegionRead, ReadonlySet<AccountId>>();
  const scansOf = (region: RegionRead): ReadonlyMap<AccountId, readonly ScanName[]> => {
    let known = scans.get(region);
    if (known === undefined) {
      known = new Map(
        (region.statuses ?? []).flatMap(({ on, accounts }) => accounts.map((id) => [id, on])),
      );
      scans.set(region, known);
      outsiders.set(region, new Set(region.unassociated));
    }
    return known;
  };
  return {
    at: ({ id }, region = "") => {
      const found = state.regions[region];
      if (found === undefined) return once(region, () => unread(region));
      const own = found.own?.[id];
      const alone = (because: string): Verdict =>
        once(`${region} ${because} ${own?.length}`, () =>
          outside(
            "Inspector",
            own === undefined ? undefined : own.length > 0,
            because,
            `${region}/own`,
            source,
          ),
        );
      if (found.administrator === null) {
        return alone("no account administers Inspector in the Region");
      }
      if (found.statuses === undefined) {
        return once(`${region} statuses`, () => unread(`${region}/statuses`));
      }
      const on = scansOf(found).get(id);
      if (on !== undefined) return once(`${region} ${on.join()}`, () => scanVerdict(on, found));
      return outsiders.get(found)?.has(id) === true
        ? alone("it is not associated with the administrator")
        : once(`${region} untold`, () =>
            unread(`${region}/statuses`, "the administrator's answer does not name it"),
          );
    },
    autoEnable: (region) => {
      const types = state.regions[region]?.autoEnable;
      return types === undefined ? undefined : types.join(", ") || "NONE";
    },
  };
}

function scanVerdict(on: readonly ScanName[], { autoEnable = [] }: RegionRead): Verdict {
  const seen = fact("scan types that are on", on, source);
  if (on.length === 0) return verdict("off", "no scan type is on", seen);
  const missing = autoEnable.filter((type) => !on.includes(type));
  return missing.length === 0
    ? verdict("on", `scans ${on.join(", ")}`, seen)
    : verdict("partial", `new accounts scan ${missing.join(", ")}, which is off here`, seen);
}
