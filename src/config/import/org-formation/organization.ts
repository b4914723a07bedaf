import { identifierPatterns } from "../../../core/identifiers.ts";
import { type Importing, note } from "../importing.ts";
import { asMap, asText } from "../shapes.ts";
import type { Template } from "./read-template.ts";

/** A resource of the section `Organization`. */
export interface Resource {
  readonly logicalId: string;
  /** `Account` of `OC::ORG::Account`. */
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Id in AWS, where the state file knows it. */
  readonly physicalId: string | undefined;
  readonly where: string;
}

/** Properties that are carried over, by type; the others are listed. */
const carried: Readonly<Record<string, readonly string[]>> = {
  MasterAccount: ["AccountName", "AccountId", "RootEmail", "Tags", "ServiceControlPolicies"],
  Account: [
    "AccountName",
    "AccountId",
    "RootEmail",
    "Tags",
    "ServiceControlPolicies",
    "OrganizationAccessRoleName",
  ],
  OrganizationRoot: ["DefaultOrganizationAccessRoleName", "ServiceControlPolicies"],
  OrganizationalUnit: [
    "OrganizationalUnitName",
    "Accounts",
    "OrganizationalUnits",
    "ServiceControlPolicies",
  ],
  ServiceControlPolicy: ["PolicyName", "Description", "PolicyDocument"],
};

const reasons: Readonly<Record<string, string>> = {
  Alias: "the alias of an account belongs to IAM inside of it",
  PasswordPolicy: "the password policy is a setting inside of each account",
  CloseAccountsOnRemoval: "orgrail closes an account only by the word `close`",
  SupportLevel: "support plans cannot be set through AWS Organizations",
  DefaultBuildAccessRoleName: "it is a role of org-formation's own",
  BuildAccessRoleName: "it is a role of org-formation's own",
};

/** Reads the section `Organization`, and lists what of it and of the file is not carried over. */
export function readResources(
  importing: Importing,
  template: Template,
  ids: ReadonlyMap<string, string>,
): readonly Resource[] {
  const root = asMap(template.value);
  for (const section of Object.keys(root)) {
    if (["AWSTemplateFormatVersion", "Description", "Organization"].includes(section)) continue;
    const why = "only the section Organization describes the organization itself";
    note(importing, template.where([section]), `the section ${section}`, why);
  }
  const resources: Resource[] = [];
  for (const [logicalId, value] of Object.entries(asMap(root.Organization))) {
    const where = template.where(["Organization", logicalId]);
    const { Type, Properties } = asMap(value);
    const type = asText(Type)?.replace(/^OC::ORG::/, "") ?? "";
    const properties = asMap(Properties);
    if (!Object.hasOwn(carried, type)) {
      const why =
        type === "PasswordPolicy"
          ? "the password policy is a setting inside of each account"
          : "orgrail does not know this type";
      note(importing, where, `${logicalId} (${asText(Type) ?? "without a type"})`, why);
      continue;
    }
    for (const key of Object.keys(properties)) {
      if (carried[type]?.includes(key) === true) continue;
      const why = Object.hasOwn(reasons, key) ? reasons[key] : undefined;
      const at = template.where(["Organization", logicalId, "Properties", key]);
      note(importing, at, `${key} of ${logicalId}`, why ?? "orgrail has no such setting");
    }
    resources.push({ logicalId, type, properties, physicalId: ids.get(logicalId), where });
  }
  return resources;
}

/** Physical ids by logical id, from org-formation's state file. */
export function readState(text: string | undefined): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  if (text === undefined) return ids;
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch {
    return ids;
  }
  for (const bindings of Object.values(asMap(asMap(state).bindings))) {
    for (const [logicalId, binding] of Object.entries(asMap(bindings))) {
      const id = asText(asMap(binding).physicalId);
      if (id !== undefined) ids.set(logicalId, id);
    }
  }
  return ids;
}

/** An account id as text; a number of YAML has lost its leading zeros. */
export function accountIdOf(value: unknown): string | undefined {
  const id = asText(value)?.padStart(12, "0");
  return id !== undefined && identifierPatterns.account.test(id) ? id : undefined;
}
