import { unknownOrganizationId } from "../../core/identifiers.ts";
import type { Planning } from "../planning.ts";
import { report } from "../planning.ts";
import { unreadOf } from "../unread.ts";

/**
 * Refuses to plan for another organization, for another management account, and for one without
 * all features. Answers whether planning can go on.
 */
export function checkOrganization(planning: Planning): boolean {
  const { desired, snapshot } = planning;
  const { id, managementAccountId, span } = desired.organization;
  const found = snapshot.organization;
  if (id === unknownOrganizationId) {
    report(
      planning,
      "error",
      "ORGRAIL3000",
      `the file does not say which organization it describes: \`${id}\` stands in for the id`,
      {
        span,
        help: `if it is the one that the credentials lead to, put \`${found.id}\` in its place: under \`values:\` as \`organizationId\`, or by \`--value organizationId=${found.id}\``,
      },
    );
    return false;
  }
  if (id !== undefined && id !== found.id) {
    report(
      planning,
      "error",
      "ORGRAIL3001",
      `the file describes organization \`${id}\`, but the credentials lead to \`${found.id}\``,
      { span, help: "use credentials of that organization's management account" },
    );
    return false;
  }
  if (managementAccountId !== undefined && managementAccountId !== found.managementAccountId) {
    report(
      planning,
      "error",
      "ORGRAIL3002",
      `the file names management account ${managementAccountId}, but the organization's is ${found.managementAccountId}`,
      { span, help: "correct the account id, or use other credentials" },
    );
    return false;
  }
  if (found.featureSet !== "ALL") {
    report(
      planning,
      "error",
      "ORGRAIL3003",
      "the organization has consolidated billing only, not all features",
      {
        span,
        help: "enable all features (organizations:EnableAllFeatures); invited accounts must agree",
      },
    );
    return false;
  }
  if (unreadOf(snapshot).tree) {
    report(
      planning,
      "error",
      "ORGRAIL3004",
      "the organization's tree was not read completely, so a plan could make again what exists",
      { help: "see the gaps: allow the denied reads, then plan again" },
    );
    return false;
  }
  return true;
}
