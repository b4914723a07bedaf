import { ouPathKey } from "../../../core/desired.ts";
import { identifierPatterns } from "../../../core/identifiers.ts";
import { quoted } from "../../report.ts";
import type { AccountInput } from "../../schema/config-input.ts";
import { emailAddresses } from "../emails.ts";
import { type Importing, importCodes, note, tell } from "../importing.ts";
import { asList, asMap, asText } from "../shapes.ts";
import type { LzaFile } from "./read-file.ts";
import type { Templates } from "./templates.ts";
import type { LzaUnits } from "./units.ts";

/** The accounts of the accelerator, and their ids where the file states them. */
export interface LzaAccounts {
  readonly list: readonly AccountInput[];
  readonly names: ReadonlySet<string>;
  /** Ids by account name, stated or not carried over. */
  readonly ids: ReadonlyMap<string, string>;
}

const leftOut: Readonly<Record<string, string>> = {
  description: "accounts of AWS have none; write comments or tags",
  accountAlias: "the alias of an account belongs to IAM inside of it",
  enableGovCloud: "orgrail makes no accounts in GovCloud",
  govCloudAccountId: "orgrail makes no accounts in GovCloud",
  warm: "orgrail knows no warming of accounts",
};

/** Reads `accounts-config.yaml`: mandatory and workload accounts, joined to AWS by e-mail. */
export function readAccounts(
  importing: Importing,
  file: LzaFile,
  templates: Templates,
  units: LzaUnits,
  roleName: string | undefined,
): LzaAccounts {
  const root = asMap(file.value);
  const stated = statedIds(root.accountIds, templates);
  const addresses = emailAddresses();
  const list: AccountInput[] = [];
  const names = new Set<string>();
  const ids = new Map<string, string>();
  const others = new Map<string, string[]>();
  for (const section of ["mandatoryAccounts", "workloadAccounts"]) {
    for (const [i, entry] of asList(root[section]).entries()) {
      const account = asMap(entry);
      const where = file.where([section, i]);
      const name = decoded(templates, account.name);
      if (name === undefined) {
        note(importing, where, "an account", "it has no name");
        continue;
      }
      const raw = asText(account.email) ?? "";
      const resolved = templates.resolve(raw);
      const { email, isStandIn } = addresses.next(resolved, name);
      if (isStandIn) {
        importing.comments.set(`accounts/${list.length}`, [
          "UPDATE the e-mail address: the source has none that is valid.",
        ]);
        note(
          importing,
          file.where([section, i, "email"]),
          `the e-mail address ${quoted(resolved)}`,
          `${email} stands in`,
        );
      }
      for (const key of Object.keys(leftOut).filter((one) => account[one] !== undefined)) {
        others.set(key, [...(others.get(key) ?? []), name]);
      }
      const path = units.place(decoded(templates, account.organizationalUnit) ?? "Root", () => ({
        summary: `the account ${quoted(name)} is in a unit that organization-config.yaml does not list`,
        span: file.span([section, i, "organizationalUnit"]),
      }));
      const id = stated.get(email.toLowerCase());
      if (id !== undefined) ids.set(name, id);
      names.add(name);
      list.push({
        name,
        email: isStandIn ? email : templates.decode(raw),
        ...(id === undefined || importing.input.ids === false ? {} : { id }),
        organizationalUnit: ouPathKey(path),
        ...(roleName === undefined || name === "Management" ? {} : { roleName }),
      });
    }
  }
  for (const [key, accounts] of others) {
    note(importing, file.name, `${key} of ${accounts.join(", ")}`, leftOut[key] ?? "");
  }
  reportIds(importing, file, stated, root.accountIds);
  return { list, names, ids };
}

function decoded(templates: Templates, value: unknown): string | undefined {
  const text = asText(value);
  return text === undefined || text === "" ? undefined : templates.decode(text);
}

function statedIds(value: unknown, templates: Templates): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const entry of asList(value)) {
    const { email, accountId } = asMap(entry);
    const address = asText(email);
    // A number of YAML has lost its leading zeros.
    const id = asText(accountId)?.padStart(12, "0");
    if (address !== undefined && id !== undefined && identifierPatterns.account.test(id)) {
      ids.set(templates.resolve(address).toLowerCase(), id);
    }
  }
  return ids;
}

function reportIds(
  importing: Importing,
  file: LzaFile,
  stated: ReadonlyMap<string, string>,
  value: unknown,
): void {
  if (stated.size > 0 && importing.input.ids === false) {
    const why = "ids were not asked for; accounts are adopted by e-mail address";
    note(importing, file.where(["accountIds"]), `${stated.size} account ids`, why);
  }
  if (asList(value).length > stated.size) {
    tell(
      importing,
      "warning",
      importCodes.shape,
      "not every entry of `accountIds` has an e-mail address and an id of 12 digits",
      file.span(["accountIds"]),
    );
  }
}
