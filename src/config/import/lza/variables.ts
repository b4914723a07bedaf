import { unknownOrganizationId } from "../../../core/identifiers.ts";
import { lzaServices } from "../../../data/lza-services.ts";
import { partitions } from "../../../data/partitions.ts";
import type { ConfigValue } from "../../schema/config-input.ts";
import { hasSubstitution } from "../../substitution.ts";
import { type Importing, note, substitutionOf, valueName } from "../importing.ts";
import type { Templates } from "./templates.ts";

/** What the accelerator's policy variables stand for. */
export interface VariableFacts {
  /** As global-config.yaml writes them, templates and all. */
  readonly managementAccountAccessRole: string | undefined;
  readonly homeRegion: string | undefined;
  readonly organizationId: string | undefined;
  /** Account ids by the accelerator's names of mandatory accounts, as far as they are known. */
  readonly accountIds: ReadonlyMap<string, string>;
}

/** Turns a variable such as `PARTITION` into a substitution; `undefined` when it has no value. */
export type Variables = (name: string) => string | undefined;

const accountVariables: Readonly<Record<string, string>> = {
  MANAGEMENT_ACCOUNT_ID: "Management",
  LOGARCHIVE_ACCOUNT_ID: "LogArchive",
  AUDIT_ACCOUNT_ID: "Audit",
};

/** The accelerator's policy variables; values are taken up once they are used. */
export function variables(
  importing: Importing,
  templates: Templates,
  facts: VariableFacts,
): Variables {
  const { defaults } = lzaServices;
  const use = (name: string, value: ConfigValue): string => {
    importing.values.set(name, value);
    return substitutionOf(name);
  };
  /** What a file says: its template, or a value of this name. */
  const said = (name: string, written: string | undefined): string | undefined => {
    if (written === undefined) return undefined;
    const text = templates.decode(written);
    return hasSubstitution(text) ? text : use(name, text);
  };
  const given = importing.input.values ?? {};
  return (name) => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value !== undefined) return use(valueName(name), value);
    const custom = /^ACCEL_LOOKUP::CUSTOM:(.+)$/.exec(name)?.[1];
    if (custom !== undefined) return templates.lookUp(custom.trim());
    switch (name) {
      case "PARTITION":
        return use("partition", partitionOf(templates.resolve(facts.homeRegion ?? "")));
      case "ACCELERATOR_PREFIX":
        return (
          templates.lookUp("AcceleratorPrefix") ??
          use("acceleratorPrefix", defaults.acceleratorPrefix)
        );
      case "ACCELERATOR_SSM_PREFIX":
        return use("acceleratorSsmPrefix", defaults.ssmPrefix);
      case "MANAGEMENT_ACCOUNT_ACCESS_ROLE":
        return said(
          "managementAccountAccessRole",
          facts.managementAccountAccessRole ?? defaults.managementAccountAccessRole,
        );
      case "HOME_REGION":
        return said("homeRegion", facts.homeRegion);
      case "ORG_ID": {
        if (facts.organizationId === undefined && !importing.values.has("organizationId")) {
          note(
            importing,
            "orgrail.yaml",
            "the id of the organization, which policies name",
            "no file says it: set the value `organizationId`; until then no plan is made",
          );
        }
        return use("organizationId", facts.organizationId ?? unknownOrganizationId);
      }
      default: {
        const account = Object.hasOwn(accountVariables, name) ? accountVariables[name] : undefined;
        const id = account === undefined ? undefined : facts.accountIds.get(account);
        return id === undefined ? undefined : use(`${account?.toLowerCase()}AccountId`, id);
      }
    }
  };
}

function partitionOf(region: string | undefined): string {
  const found = partitions.list.find(({ regionPrefixes }) =>
    regionPrefixes.some((prefix) => region?.startsWith(prefix)),
  );
  return (found ?? partitions.list[0]).name;
}
