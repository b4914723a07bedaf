import { type Importing, note } from "../importing.ts";
import { asMap } from "../shapes.ts";
import { lzaPolicyLists } from "./policies.ts";
import type { LzaFile } from "./read-file.ts";

/** Keys of each file that are carried over, or listed by whoever reads them. */
const carried: Readonly<Record<string, readonly string[]>> = {
  "organization-config.yaml": [
    "enable",
    "organizationalUnits",
    "organizationalUnitIds",
    ...Object.keys(lzaPolicyLists),
  ],
  "accounts-config.yaml": ["mandatoryAccounts", "workloadAccounts", "accountIds"],
  "global-config.yaml": ["homeRegion", "enabledRegions", "managementAccountAccessRole"],
  "replacements-config.yaml": ["globalReplacements"],
  "security-config.yaml": ["homeRegion"],
};

const reasons: Readonly<Record<string, string>> = {
  quarantineNewAccounts:
    "it acts when an account appears; the policy is carried over, attach it to a unit for new accounts",
  controlTower:
    "Control Tower makes and owns its controls; orgrail shows them and leaves them alone",
  logging: "trails and log buckets are resources inside of accounts",
  iamPasswordPolicy: "it is a setting inside of each account",
  scpRevertChangesConfig:
    "`orgrail drift` finds changes of policies, `orgrail apply` takes them back",
  identityCenter: "permission sets and assignments are not carried over; the administrator is",
  centralSecurityServices:
    "settings inside of the services are not carried over; trusted access and administrators are",
  accessAnalyzer: "analyzers are resources; trusted access and administrator are carried over",
  centralRootUserManagement: "features of IAM are not carried over; trusted access is",
  ssmParameters: "parameters are resources inside of accounts",
  tags: "they are for resources that the accelerator makes",
};

/** Files that hold nothing about the organization itself. */
const otherFiles: readonly string[] = ["network-config.yaml", "customizations-config.yaml"];

/** Lists every section of the files that is not carried over. */
export function noteLeftOver(importing: Importing, files: ReadonlyMap<string, LzaFile>): void {
  for (const [name, file] of files) {
    const known = Object.hasOwn(carried, name) ? (carried[name] ?? []) : [];
    for (const key of Object.keys(asMap(file.value))) {
      if (known.includes(key)) continue;
      const why = Object.hasOwn(reasons, key) ? reasons[key] : undefined;
      note(
        importing,
        file.where([key]),
        key,
        why ?? "it is about resources inside of accounts, not about the organization itself",
      );
    }
  }
  for (const name of otherFiles) {
    if (importing.input.readFile(name) === undefined) continue;
    note(importing, name, "the whole file", "it is about resources inside of accounts");
  }
}
