import type { JsonObject } from "../../core/json.ts";
import { at, objectAt, objectsAt, textAt, textsAt } from "../read-state.ts";
import type { AdministeredService } from "./administered.ts";

/** Amazon GuardDuty. */
export const guardDuty: AdministeredService = {
  id: "guardduty",
  title: "GuardDuty",
  operation: "guardduty:ListOrganizationAdminAccounts",
};

/** AWS Security Hub CSPM. */
export const securityHub: AdministeredService = {
  id: "securityhub",
  title: "Security Hub CSPM",
  operation: "securityhub:ListOrganizationAdminAccounts",
};

/** Amazon Inspector. */
export const inspector: AdministeredService = {
  id: "inspector2",
  title: "Inspector",
  operation: "inspector2:ListDelegatedAdminAccounts",
};

/** Amazon Macie. */
export const macie: AdministeredService = {
  id: "macie2",
  title: "Macie",
  operation: "macie2:ListOrganizationAdminAccounts",
};

/** Amazon Detective. */
export const detective: AdministeredService = {
  id: "detective",
  title: "Detective",
  operation: "detective:ListOrganizationAdminAccounts",
};

/** Accounts that GuardDuty's administrator has as enabled members. */
export function guardDutyMembers(state: JsonObject): ReadonlySet<string> | undefined {
  const groups = objectsAt(state, "members");
  if (groups === undefined) return undefined;
  return new Set(
    groups
      .filter((group) => textAt(group, "relationship") === "Enabled")
      .flatMap((group) => textsAt(group, "accounts") ?? []),
  );
}

/** Accounts for which Inspector scans anything. */
export function inspectorAccounts(state: JsonObject): ReadonlySet<string> | undefined {
  const groups = objectsAt(state, "statuses");
  if (groups === undefined) return undefined;
  return new Set(
    groups
      .filter((group) => (textsAt(group, "on") ?? []).length > 0)
      .flatMap((group) => textsAt(group, "accounts") ?? []),
  );
}

/** Accounts of a record of members by state. */
export function membersInState(state: JsonObject, wanted: string): ReadonlySet<string> | undefined {
  const members = objectAt(state, "members");
  if (members === undefined) return undefined;
  return new Set(
    Object.entries(members)
      .filter(([, one]) => one === wanted)
      .map(([id]) => id),
  );
}

/** Accounts of Detective's graph. */
export function detectiveMembers(state: JsonObject): ReadonlySet<string> | undefined {
  if (at(state, "members") === undefined) return undefined;
  return new Set(textsAt(state, "members", "ENABLED") ?? []);
}
