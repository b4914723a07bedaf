import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import type { Planning } from "../planning.ts";
import { report } from "../planning.ts";

/** Checks AWS's quotas of organizational units, at the moment when there are most of them. */
export function checkNumbers(planning: Planning): void {
  const made = planning.drafts.filter(
    ({ operation }) => operation === "CreateOrganizationalUnit",
  ).length;
  const there = planning.live.state.organizationalUnits.length;
  const allowed = organizationsQuotas.organizationalUnits;
  if (made === 0 || there + made <= allowed) return;
  report(
    planning,
    "error",
    "ORGRAIL3047",
    `${made} new organizational units beside the ${there} there are exceed AWS's quota of ${allowed}`,
    { help: "remove units in an apply before this one, or make fewer" },
  );
}
