import type { Json } from "../../core/json.ts";
import type { Snapshot } from "../../core/snapshot.ts";
import type { AuditDesired } from "../context.ts";
import { exampleIds, exampleRegions } from "./ids.ts";
import { exampleOrganization } from "./organization.ts";
import { exampleServices } from "./services.ts";

const span = {
  file: "orgrail.yaml",
  start: { line: 1, column: 1, offset: 0 },
  end: { line: 1, column: 2, offset: 1 },
};

/** The configuration beside the example. */
export const exampleDesired: AuditDesired = {
  organization: { governedRegions: exampleRegions, span },
  audit: {
    exceptions: [],
    delegatedAdministrators: Object.fromEntries(
      (exampleOrganization.delegatedAdministrators?.[0]?.services ?? []).map((service) => [
        service,
        ["Audit"],
      ]),
    ),
    breakGlassRoles: ["BreakGlass"],
  },
};

/** A snapshot of the example organization, which keeps every rule. */
export const exampleSnapshot: Snapshot = {
  schemaVersion: 1,
  takenAt: "2026-11-01T00:00:00.000Z",
  caller: {
    account: exampleIds.management,
    arn: `arn:aws:sts::${exampleIds.management}:assumed-role/orgrail/read`,
    standing: "management",
  },
  organization: exampleOrganization,
  services: exampleServices,
  scope: { tier: "inside", homeRegion: exampleRegions[0] ?? "", regions: exampleRegions },
  gaps: [],
};

/**
 * The example with values at paths; steps that are numbers find their way into lists. The path
 * `a/b` of the value `null` sets it, nothing is removed.
 */
export function changedSnapshot(values: Readonly<Record<string, Json>>): Snapshot {
  // Not `structuredClone`, which keeps what Regions share shared.
  const copy = JSON.parse(JSON.stringify(exampleSnapshot)) as Snapshot;
  for (const [path, value] of Object.entries(values)) {
    const steps = path.split("/");
    let at = copy as unknown as Record<string, Json>;
    for (const step of steps.slice(0, -1)) at = at[step] as unknown as Record<string, Json>;
    at[steps.at(-1) ?? ""] = structuredClone(value);
  }
  return copy;
}
