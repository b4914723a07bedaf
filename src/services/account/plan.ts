import type { RegionName } from "../../core/identifiers.ts";
import { canonicalJson, type JsonObject } from "../../core/json.ts";
import type {
  BlockIssue,
  OrganizationNeeds,
  PlannedAccount,
  ServiceChange,
  ServicePlan,
  ServicePlanInput,
  ServicePlanner,
} from "../../core/service-plan.ts";
import type { AlternateContact, AlternateContactType } from "../../core/snapshot.ts";
import { accountManagementFacts } from "../../data/account-management.ts";
import { thingAddress } from "../kit/address.ts";
import { organizationNeeds } from "../kit/organization-needs.ts";
import { selectAccounts } from "../kit/scope.ts";
import { type AccountBlockState, contactsOfBlock } from "./block-state.ts";
import type { AccountBlock } from "./schema.ts";

const { principal } = accountManagementFacts;

/** Plans Account Management: contacts and Regions of all accounts. */
export const accountPlanner: ServicePlanner<AccountBlock, AccountBlockState> = {
  id: "account",
  title: "AWS Account Management",
  needs: (block): OrganizationNeeds => organizationNeeds(block, principal),
  plan: planAccount,
};

function planAccount({
  block,
  state,
  facts,
}: ServicePlanInput<AccountBlock, AccountBlockState>): ServicePlan {
  const changes: ServiceChange[] = [];
  const compared: string[] = [];
  const issues: BlockIssue[] = [];
  const nothing = { changes, compared, foreign: [], issues };
  if (state === undefined || block.remove === true) return nothing;
  for (const account of selectAccounts(facts, block)) {
    for (const [type, wanted] of contactsOfBlock(block)) {
      if (account.ownContacts?.includes(type) === true) continue;
      const found = account.exists ? state.contacts[String(account.id)]?.[type] : null;
      if (found === undefined) continue; // A gap says why it was not read.
      compared.push(addressOf(account, "alternateContact", type));
      if (found !== null && canonicalJson(facet(found)) === canonicalJson(facet(wanted))) continue;
      changes.push(contactChange(account, type, found, wanted));
    }
    for (const [wanted, regions] of [
      [true, block.enableRegions],
      [false, block.disableRegions],
    ] as const) {
      for (const region of regions ?? []) {
        const statuses = account.exists ? state.regions[String(account.id)] : [];
        if (statuses === undefined) continue; // A gap says why it was not read.
        const status = statuses.find(({ name }) => name === region)?.status ?? "DISABLED";
        compared.push(addressOf(account, "region", region));
        if (status.endsWith("ING")) issues.push(onItsWay(account, region, status, wanted));
        if (isOn(status) !== wanted) changes.push(regionChange(account, region, wanted));
      }
    }
  }
  return nothing;
}

/** Whether a Region is enabled, or on its way there. */
function isOn(status: string): boolean {
  return status === "ENABLED" || status === "ENABLED_BY_DEFAULT" || status === "ENABLING";
}

/** AWS takes minutes to hours; what the file wants in the Region is planned when it has ended. */
function onItsWay(
  { name, id }: PlannedAccount,
  region: RegionName,
  status: string,
  wanted: boolean,
): BlockIssue {
  return {
    severity: "warning",
    code: "ORGRAIL3250",
    path: [wanted ? "enableRegions" : "disableRegions"],
    summary: `\`${region}\` is ${status} in account ${String(id)} (${name}): AWS has not ended that yet`,
    help: "it takes minutes to hours; plan again later for what the file wants in the Region",
  };
}

function contactChange(
  account: PlannedAccount,
  type: AlternateContactType,
  found: AlternateContact | null,
  wanted: AlternateContact,
): ServiceChange {
  const { name, title, emailAddress, phoneNumber } = wanted;
  return {
    operation: "PutAlternateContact",
    address: addressOf(account, "alternateContact", type),
    action: found === null ? "create" : "update",
    input: {
      ...inputOf(account),
      AlternateContactType: type,
      Name: name,
      Title: title,
      EmailAddress: emailAddress,
      PhoneNumber: phoneNumber,
    },
    before: found === null ? null : facet(found),
    after: facet(wanted),
    reason: `the file gives every account this ${type.toLowerCase()} contact`,
    account: account.id,
    path: ["alternateContacts", type.toLowerCase()],
    needs: needsOf(account),
  };
}

function regionChange(account: PlannedAccount, region: RegionName, wanted: boolean): ServiceChange {
  return {
    operation: wanted ? "EnableRegion" : "DisableRegion",
    address: addressOf(account, "region", region),
    action: wanted ? "enable" : "disable",
    input: { ...inputOf(account), RegionName: region },
    before: { enabled: !wanted },
    after: { enabled: wanted },
    reason: `the file ${wanted ? "enables" : "disables"} this Region in every account`,
    account: account.id,
    path: [wanted ? "enableRegions" : "disableRegions"],
    needs: needsOf(account),
    ...(wanted ? {} : { risk: "lockout" }),
  };
}

/** AWS: an account's own settings are written without naming it. */
function inputOf({ isManagement, id }: PlannedAccount): JsonObject {
  return isManagement ? {} : { AccountId: id };
}

function needsOf({ isManagement, name }: PlannedAccount): readonly string[] {
  return isManagement ? [] : [`trustedAccess:${principal}`, `account:${name}`];
}

function facet({ name, title, emailAddress, phoneNumber }: AlternateContact): JsonObject {
  return { name, title, emailAddress, phoneNumber };
}

function addressOf({ name }: PlannedAccount, kind: string, what: string): string {
  return thingAddress("account", kind, { account: name }, what);
}
