import type { OrganizationPolicyType } from "../core/policy-type.ts";
import { isOrganizationPolicyType } from "../core/policy-type.ts";
import type {
  AlternateContact,
  OrganizationAccountState,
  OrganizationalUnitState,
  OrganizationState,
  Snapshot,
} from "../core/snapshot.ts";
import type { Note, WrittenFile } from "./note.ts";
import type {
  AccountInput,
  ConfigInput,
  OrganizationalUnitInput,
  OrganizationInput,
} from "./schema/config-input.ts";
import { escapeSubstitution } from "./substitution.ts";
import { fileNames, writtenNames } from "./write/names.ts";
import { documentText, type WriteTarget, writePolicies, writtenTags } from "./write/policies.ts";
import { renderConfig } from "./write/render.ts";

/** How a configuration is written. */
export interface WriteOptions {
  /** Name of the configuration's file; `orgrail.yaml` when absent. */
  readonly file?: string;
  readonly homeRegion?: string;
  readonly governedRegions?: readonly string[];
}

/** The files of a configuration, and what of the snapshot is not in them. */
export interface WriteResult {
  /** The configuration first, then policy documents; paths relative to the configuration's folder. */
  readonly files: readonly WrittenFile[];
  readonly notes: readonly Note[];
}

/**
 * Writes a configuration that says of an organization what a snapshot holds of it, such that a plan
 * right after is empty. Everything is adopted by id; policies go into files of their own. Accounts
 * that are closed or suspended are left out: AWS takes them away by itself.
 */
export function writeConfig(snapshot: Snapshot, options: WriteOptions = {}): WriteResult {
  const { organization } = snapshot;
  const accounts = organization.accounts.filter(isWritten);
  const target: WriteTarget = {
    files: [],
    notes: snapshot.gaps.map(({ subject, operation, message }) => ({
      where: subject,
      what: `${subject} (${operation})`,
      why: `it could not be read: ${message}`,
    })),
    names: writtenNames(organization, accounts),
    fileNames: fileNames(),
  };
  for (const { id, name, state } of organization.accounts.filter((one) => !isWritten(one))) {
    target.notes.push({
      where: `accounts/${id}`,
      what: `account ${name} (${id})`,
      why: `it is ${state}; it stays where it is`,
    });
  }
  const policies = writePolicies(organization, target);
  const units = writeUnits(organization, organization.root.id, target);
  const rootTags = writtenTags(organization.root.tags, "root/tags", target.notes);
  const config: ConfigInput = {
    version: 1,
    organization: writeOrganization(organization, options, target),
    ...(rootTags === undefined ? {} : { root: { tags: rootTags } }),
    ...(units.length === 0 ? {} : { organizationalUnits: units }),
    ...(accounts.length === 0 ? {} : { accounts: writeAccounts(accounts, target) }),
    ...(policies.length === 0 ? {} : { policies }),
  };
  const text = renderConfig(config, {
    header: [
      `The organization ${organization.id} as it was at ${snapshot.takenAt}.`,
      ...target.notes.map(({ what, why }) => `Not in here: ${what}: ${why}.`.replace(/\s+/g, " ")),
    ],
    before: new Map(),
  });
  const file = { path: options.file ?? "orgrail.yaml", text };
  return { files: [file, ...target.files], notes: target.notes };
}

function isWritten({ state }: OrganizationAccountState): boolean {
  return state === "ACTIVE" || state === "PENDING_ACTIVATION";
}

function writeOrganization(
  organization: OrganizationState,
  options: WriteOptions,
  target: WriteTarget,
): OrganizationInput {
  const policyTypes: OrganizationPolicyType[] = [];
  for (const { type, status } of organization.root.policyTypes) {
    if (status !== "ENABLED") continue;
    if (isOrganizationPolicyType(type)) policyTypes.push(type);
    else {
      const why = "this version of orgrail does not know the type";
      target.notes.push({ where: "root/policyTypes", what: `policy type ${type}`, why });
    }
  }
  const trustedAccess = (organization.trustedAccess ?? []).map((one) => one.servicePrincipal);
  const administrators = writeAdministrators(organization, target);
  const resourcePolicy = writeResourcePolicy(organization, target);
  return {
    id: organization.id,
    managementAccountId: organization.managementAccountId,
    ...(options.homeRegion === undefined ? {} : { homeRegion: options.homeRegion }),
    ...(options.governedRegions === undefined ? {} : { governedRegions: options.governedRegions }),
    ...(policyTypes.length === 0 ? {} : { policyTypes }),
    ...(trustedAccess.length === 0 ? {} : { trustedAccess }),
    ...(administrators.length === 0 ? {} : { delegatedAdministrators: administrators }),
    ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
  };
}

function writeAdministrators(
  organization: OrganizationState,
  { names, notes }: WriteTarget,
): readonly { readonly account: string; readonly services: readonly string[] }[] {
  return (organization.delegatedAdministrators ?? []).flatMap(({ account, services }) => {
    const where = `delegatedAdministrators/${account}`;
    const name = names.accounts.get(account);
    if (name === undefined || services === undefined) {
      notes.push({
        where,
        what: `delegated administrator ${account}`,
        why: name === undefined ? "the account is not written" : "its services were not read",
      });
      return [];
    }
    return services.length === 0 ? [] : [{ account: escapeSubstitution(name), services }];
  });
}

function writeResourcePolicy(
  organization: OrganizationState,
  target: WriteTarget,
): OrganizationInput["resourcePolicy"] {
  const policy = organization.resourcePolicy;
  if (policy === undefined || policy === null) return undefined;
  const document = documentText(policy.content);
  if (document === undefined) {
    const why = "its document is not JSON";
    target.notes.push({ where: "resourcePolicy", what: "the resource policy", why });
    return undefined;
  }
  const path = "policies/resource-policy.json";
  target.files.push({ path, text: document });
  const tags = writtenTags(policy.tags, "resourcePolicy/tags", target.notes);
  return { file: path, ...(tags === undefined ? {} : { tags }) };
}

function writeUnits(
  organization: OrganizationState,
  rootId: string,
  target: WriteTarget,
): readonly OrganizationalUnitInput[] {
  const children = new Map<string, OrganizationalUnitState[]>();
  for (const unit of organization.organizationalUnits) {
    children.set(unit.parentId, [...(children.get(unit.parentId) ?? []), unit]);
  }
  const below = (parent: string): readonly OrganizationalUnitInput[] =>
    byName(children.get(parent) ?? []).map(({ id, name, tags: all }) => {
      const tags = writtenTags(all, `organizationalUnits/${id}/tags`, target.notes);
      const units = below(id);
      return {
        name: escapeSubstitution(name),
        id,
        ...(tags === undefined ? {} : { tags }),
        ...(units.length === 0 ? {} : { organizationalUnits: units }),
      };
    });
  return below(rootId);
}

function writeAccounts(
  accounts: readonly OrganizationAccountState[],
  target: WriteTarget,
): readonly AccountInput[] {
  const { names, notes } = target;
  return byName(accounts).map((account) => {
    const { id, name, email, parentId } = account;
    const key = names.accounts.get(id) ?? name;
    const tags = writtenTags(account.tags, `accounts/${id}/tags`, notes);
    const contacts = writeContacts(account);
    return {
      name: escapeSubstitution(name),
      ...(key === name ? {} : { key: escapeSubstitution(key) }),
      email: escapeSubstitution(email),
      id,
      organizationalUnit: escapeSubstitution(names.paths.get(parentId) ?? "Root"),
      ...(tags === undefined ? {} : { tags }),
      ...(contacts === undefined ? {} : { alternateContacts: contacts }),
    };
  });
}

function writeContacts(account: OrganizationAccountState): AccountInput["alternateContacts"] {
  const { BILLING, OPERATIONS, SECURITY } = account.alternateContacts ?? {};
  const contacts = [
    ["billing", BILLING],
    ["operations", OPERATIONS],
    ["security", SECURITY],
  ] as const;
  const given = contacts.flatMap(([word, contact]) =>
    contact === undefined || contact === null ? [] : [[word, escapedContact(contact)] as const],
  );
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

function escapedContact({
  name,
  title,
  emailAddress,
  phoneNumber,
}: AlternateContact): AlternateContact {
  return {
    name: escapeSubstitution(name),
    title: escapeSubstitution(title),
    emailAddress: escapeSubstitution(emailAddress),
    phoneNumber,
  };
}

function byName<T extends { readonly name: string; readonly id: string }>(
  things: readonly T[],
): readonly T[] {
  return [...things].sort((a, b) =>
    a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1,
  );
}
