import { ouPathKey } from "../../../core/desired.ts";
import { quoted } from "../../report.ts";
import type { AccountInput } from "../../schema/config-input.ts";
import { emailAddresses } from "../emails.ts";
import { type Importing, note } from "../importing.ts";
import { asMap, asText } from "../shapes.ts";
import { accountIdOf, type Resource } from "./organization.ts";
import type { NunjucksTemplates } from "./templates.ts";
import type { FormationUnits } from "./units.ts";

/** The accounts, and their names in the file by logical id. */
export interface FormationAccounts {
  readonly list: readonly AccountInput[];
  readonly names: ReadonlyMap<string, string>;
  readonly managementAccountId: string | undefined;
}

/** Reads the accounts with their places, addresses and tags. */
export function readAccounts(
  importing: Importing,
  resources: readonly Resource[],
  templates: NunjucksTemplates,
  units: FormationUnits,
): FormationAccounts {
  const addresses = emailAddresses();
  const list: AccountInput[] = [];
  const names = new Map<string, string>();
  const accounts = resources.filter(({ type }) => type.endsWith("Account"));
  const root = resources.find(({ type }) => type === "OrganizationRoot");
  const defaultRole = asText(root?.properties.DefaultOrganizationAccessRoleName);
  const own = new Map<string, number>();
  for (const { logicalId, properties } of accounts) {
    const name = templates.decode(asText(properties.AccountName) ?? logicalId);
    own.set(name, (own.get(name) ?? 0) + 1);
  }
  let managementAccountId: string | undefined;
  for (const resource of accounts) {
    const { logicalId, properties, where, type } = resource;
    const isManagement = type === "MasterAccount";
    const name = templates.decode(asText(properties.AccountName) ?? logicalId);
    const key = own.get(name) === 1 ? name : logicalId;
    names.set(logicalId, key);
    const id = idOf(importing, resource, templates);
    if (isManagement) managementAccountId = id;
    const email = emailOf(importing, resource, templates, addresses, name, list.length);
    const tags = Object.entries(asMap(properties.Tags)).map(
      ([tag, value]) => [templates.resolve(tag), templates.decode(asText(value) ?? "")] as const,
    );
    const role = asText(properties.OrganizationAccessRoleName) ?? defaultRole;
    if (email.isStandIn) {
      note(
        importing,
        where,
        `the e-mail address ${quoted(email.written)}`,
        `${email.text} stands in`,
      );
    }
    list.push({
      name,
      ...(key === name ? {} : { key }),
      email: email.text,
      ...(id === undefined ? {} : { id }),
      organizationalUnit: ouPathKey(units.placeOf(logicalId)),
      ...(tags.length === 0 ? {} : { tags: Object.fromEntries(tags) }),
      ...(role === undefined || isManagement ? {} : { roleName: templates.decode(role) }),
    });
  }
  return { list, names, managementAccountId };
}

function idOf(
  importing: Importing,
  { properties, physicalId, where, logicalId }: Resource,
  templates: NunjucksTemplates,
): string | undefined {
  const written = properties.AccountId;
  const text = asText(written);
  if (text !== undefined && templates.isOpen(text)) {
    note(importing, where, `AccountId of ${logicalId}`, "it is a template that has no value");
    return accountIdOf(physicalId);
  }
  const id = accountIdOf(text === undefined ? physicalId : templates.resolve(text));
  if (importing.input.ids !== false) return id;
  if (text !== undefined) {
    const why = "ids were not asked for; accounts are adopted by e-mail address";
    note(importing, where, `AccountId of ${logicalId}`, why);
  }
  return undefined;
}

interface Address {
  readonly text: string;
  readonly written: string;
  readonly isStandIn: boolean;
}

function emailOf(
  importing: Importing,
  { properties }: Resource,
  templates: NunjucksTemplates,
  addresses: ReturnType<typeof emailAddresses>,
  name: string,
  index: number,
): Address {
  const raw = asText(properties.RootEmail) ?? "";
  const at = raw.lastIndexOf("@");
  const use = at < 0 ? "email" : "text";
  const head = at < 0 ? raw : raw.slice(0, at + 1);
  const tail = at < 0 ? "" : raw.slice(at + 1);
  const written = templates.resolve(head, use) + templates.resolve(tail, "domain");
  const { email, isStandIn } = addresses.next(written, name);
  if (isStandIn || templates.isOpen(raw)) {
    importing.comments.set(`accounts/${index}`, ["UPDATE the e-mail address before applying."]);
  }
  const text = isStandIn ? email : templates.decode(head, use) + templates.decode(tail, "domain");
  return { text, written, isStandIn };
}
