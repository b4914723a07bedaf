import type { Json, JsonObject } from "../../core/json.ts";
import type { PlannedAccount, ServiceChange } from "../../core/service-plan.ts";
import {
  type AutoEnable,
  isManaged,
  type Settings,
  statusText,
  writeSettings,
} from "./features.ts";
import { planDestinations, planLists } from "./plan-extras.ts";
import { planMembers } from "./plan-members.ts";
import {
  addressIn,
  administratorNeeds,
  detectorAddress,
  idValue,
  inAccount,
  type RegionPlanning,
} from "./planning.ts";
import type { DetectorState } from "./state.ts";

/** Plans GuardDuty in a Region where the wanted account is, or shall be, its administrator. */
export function planRegion(planning: RegionPlanning): void {
  const { admin, management, read, region, sink } = planning;
  const detector = admin.exists ? read.detectors[idText(admin)] : null;
  if (detector === undefined) return; // A gap says why it was not read.
  const detectorId = planDetector(planning, admin, detector);
  planAdministrator(planning);
  planConfiguration(planning, detectorId);
  const isOfBlock = planning.accounts.includes(management);
  const own = read.detectors[idText(management)];
  if (isOfBlock && own === null && management !== admin) planDetector(planning, management, null);
  planMembers(planning, detectorId);
  planDestinations(planning, detectorId);
  planLists(planning, detectorId);
  sink.compared.push(addressIn(region, "administrator"));
}

/** The detector of an account that GuardDuty does not enrol of its own accord. */
function planDetector(
  { block, features, region, sink, admin, policyType }: RegionPlanning,
  account: PlannedAccount,
  found: DetectorState | null,
): Json {
  const address = detectorAddress(account, region);
  const { findingPublishingFrequency: frequency } = block;
  const common = { ...inAccount(account, region), address, path: ["delegatedAdministrator"] };
  const wanted = Object.fromEntries(
    Object.entries(features)
      .filter(([, autoEnable]) => autoEnable === "ALL")
      .map(([key]) => [key, true]),
  );
  sink.compared.push(address);
  if (found === null) {
    const withFrequency = account === admin && frequency !== undefined;
    const input: JsonObject = {
      Enable: true,
      ...(withFrequency ? { FindingPublishingFrequency: frequency } : {}),
      // With the policy type, a policy may manage features, and naming them would be refused.
      ...(Object.keys(wanted).length === 0 || policyType
        ? {}
        : { Features: writeSettings(wanted, wanted, "Status", statusText) }),
    };
    sink.changes.push({
      ...common,
      operation: "CreateDetector",
      action: "create",
      input,
      before: null,
      after: {
        enabled: true,
        ...(withFrequency ? { frequency } : {}),
        ...("Features" in input ? { features: wanted } : {}),
      },
      reason:
        account === admin
          ? "the administrator needs GuardDuty itself"
          : "GuardDuty does not enrol the management account before it has a detector",
      needs: [`account:${account.name}`],
    });
    return { $ref: address };
  }
  sink.ids[address] = found.id;
  const missing = Object.fromEntries(
    Object.entries(wanted).filter(
      ([key]) => found.features?.[key] === false && !isManaged(found.managed ?? [], key),
    ),
  );
  const before: Record<string, Json> = {};
  const after: Record<string, Json> = {};
  if (!found.enabled) [before.enabled, after.enabled] = [false, true];
  if (frequency !== undefined && found.frequency !== frequency) {
    [before.frequency, after.frequency] = [found.frequency ?? null, frequency];
  }
  if (Object.keys(missing).length > 0) {
    before.features = Object.fromEntries(Object.keys(missing).map((key) => [key, false]));
    after.features = missing;
  }
  if (Object.keys(after).length === 0) return found.id;
  sink.changes.push({
    ...common,
    operation: "UpdateDetector",
    action: "update",
    input: {
      DetectorId: found.id,
      ...(after.enabled === undefined ? {} : { Enable: true }),
      ...(after.frequency === undefined ? {} : { FindingPublishingFrequency: after.frequency }),
      ...(after.features === undefined
        ? {}
        : { Features: writeSettings(missing, wanted, "Status", statusText) }),
    },
    before,
    after,
    reason: "the administrator's own detector is not as the file wants it",
  });
  return found.id;
}

/** Designates the administrator in the Region. */
function planAdministrator({ admin, read, region, sink }: RegionPlanning): void {
  if (read.administrator !== null && read.administrator === admin.id) return;
  const address = addressIn(region, "administrator");
  sink.changes.push({
    operation: "EnableOrganizationAdminAccount",
    address,
    action: "register",
    region,
    account: admin.id,
    input: { AdminAccountId: idValue(admin.id) },
    before: null,
    after: { administrator: idValue(admin.id) },
    reason: "the file makes this account GuardDuty's administrator in this Region",
    path: ["delegatedAdministrator"],
    // The one that goes first has the same address.
    needs: [...administratorNeeds(admin), detectorAddress(admin, region), address],
  });
}

/** What the organization's configuration shall be, where accounts are excluded `NEW` for `ALL`. */
function planConfiguration(planning: RegionPlanning, detectorId: Json): void {
  const { admin, block, features, policyType, read, region, sink } = planning;
  const address = addressIn(region, "organizationConfiguration");
  sink.compared.push(address);
  if (policyType) return;
  const isFresh = read.administrator !== admin.id;
  const found = isFresh ? undefined : read.organization;
  if (!isFresh && found === undefined) return;
  const autoEnable = forOrganization(planning, block.autoEnable ?? "ALL");
  const wanted: Settings<AutoEnable> = Object.fromEntries(
    Object.entries(features).map(([key, value]) => [key, forOrganization(planning, value)]),
  );
  const differing = Object.fromEntries(
    Object.entries(wanted).filter(
      ([key, value]) =>
        found === undefined || (key in found.features && found.features[key] !== value),
    ),
  );
  const lacking = Object.keys(wanted).filter(
    (key) => found !== undefined && !(key in found.features),
  );
  if (lacking.length > 0) {
    sink.issues.push({
      severity: "warning",
      code: "ORGRAIL3212",
      path: ["features"],
      summary: `GuardDuty has no ${lacking.map((key) => `\`${key}\``).join(", ")} in \`${region}\`: not planned there`,
      help: "AWS offers some protection plans in some Regions only",
    });
  }
  const keys = Object.keys(differing);
  if (found?.autoEnable === autoEnable && keys.length === 0) return;
  const facet = (settings: Settings<AutoEnable>, general: AutoEnable): JsonObject => ({
    autoEnable: general,
    ...(keys.length === 0
      ? {}
      : { features: Object.fromEntries(keys.map((key) => [key, settings[key] ?? null])) }),
  });
  sink.changes.push({
    ...inAccount(admin, region),
    operation: "UpdateOrganizationConfiguration",
    address,
    action: "update",
    input: {
      DetectorId: detectorId,
      AutoEnableOrganizationMembers: autoEnable,
      ...(keys.length === 0
        ? {}
        : { Features: writeSettings(differing, wanted, "AutoEnable", (value) => value) }),
    },
    before: found === undefined ? null : facet(found.features, found.autoEnable),
    after: facet(wanted, autoEnable),
    reason: "accounts shall be enabled as the file says, those to come among them",
    path: ["autoEnable"],
    needs: [
      ...administratorNeeds(admin),
      addressIn(region, "administrator"),
      detectorAddress(admin, region),
    ],
    ...(found !== undefined && weakens(found, autoEnable, differing)
      ? { risk: "protection" as const }
      : {}),
  } satisfies ServiceChange);
}

/** AWS's `ALL` spares no account: where the block excludes some, new ones only are left to AWS. */
function forOrganization({ block }: RegionPlanning, wanted: AutoEnable): AutoEnable {
  const excludes =
    (block.excludeAccounts ?? []).length + (block.excludeOrganizationalUnits ?? []).length > 0;
  return wanted === "ALL" && excludes ? "NEW" : wanted;
}

function weakens(
  found: { readonly autoEnable: AutoEnable; readonly features: Settings<AutoEnable> },
  autoEnable: AutoEnable,
  differing: Settings<AutoEnable>,
): boolean {
  const order: readonly AutoEnable[] = ["NONE", "NEW", "ALL"];
  const falls = (from: AutoEnable | undefined, to: AutoEnable): boolean =>
    order.indexOf(from ?? "NONE") > order.indexOf(to);
  return (
    falls(found.autoEnable, autoEnable) ||
    Object.entries(differing).some(([key, value]) => falls(found.features[key], value))
  );
}

function idText({ id }: PlannedAccount): string {
  return typeof id === "string" ? id : "";
}
