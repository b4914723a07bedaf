import { posix } from "node:path";
import { identifierPatterns } from "../../../core/identifiers.ts";
import type { ConfigInput, OrganizationInput } from "../../schema/config-input.ts";
import {
  finishImport,
  type ImportInput,
  type Importing,
  type ImportResult,
  importCodes,
  note,
  startImport,
  substitutionOf,
  tell,
} from "../importing.ts";
import { asList, asMap, asText } from "../shapes.ts";
import { readAccounts } from "./accounts.ts";
import { noteLeftOver } from "./left-over.ts";
import { readPolicies } from "./policies.ts";
import { type LzaFile, readLzaFile } from "./read-file.ts";
import { readServices } from "./services.ts";
import { readReplacements, type Templates, templates } from "./templates.ts";
import { readUnits } from "./units.ts";
import { variables } from "./variables.ts";

const fileNames = [
  "organization-config.yaml",
  "accounts-config.yaml",
  "global-config.yaml",
  "security-config.yaml",
  "iam-config.yaml",
] as const;

/**
 * Makes a configuration from the files of Landing Zone Accelerator on AWS: units, accounts,
 * policies with their targets, Regions, and the trusted access and delegated administrators that
 * the accelerator implies. Its variables become values of the configuration. What is not carried
 * over is listed; a template that cannot be resolved is named.
 */
export function importLza(input: ImportInput): ImportResult {
  const importing = startImport(input);
  const replacements = readLzaFile(importing, "replacements-config.yaml", undefined);
  const found = templates(importing, readReplacements(replacements?.value));
  const files = new Map<string, LzaFile>();
  for (const name of fileNames) {
    const file = readLzaFile(importing, name, found);
    if (file !== undefined) files.set(name, file);
    else if (name.startsWith("organization") || name.startsWith("accounts")) {
      reportMissing(importing, name);
    }
  }
  if (replacements !== undefined) files.set(replacements.name, replacements);
  const header = [
    "Imported from Landing Zone Accelerator on AWS.",
    "`orgrail plan` shows what it would change before anything is changed.",
  ];
  return finishImport(importing, convert(importing, files, found), header);
}

/** A file that is there but cannot be read is reported already. */
function reportMissing(importing: Importing, name: string): void {
  if (importing.input.readFile(name) !== undefined) return;
  const start = { line: 1, column: 1, offset: 0 };
  tell(
    importing,
    "error",
    importCodes.fileMissing,
    `the file \`${name}\` is missing`,
    { file: name, start, end: start },
    elsewhere(importing, name) ?? "name the folder that holds the accelerator's configuration",
  );
}

function elsewhere({ input }: Importing, name: string): string | undefined {
  const path = input.list?.find((one) => posix.basename(one) === name);
  return path === undefined ? undefined : `is \`${posix.dirname(path)}\` the folder to import?`;
}

function convert(
  importing: Importing,
  files: ReadonlyMap<string, LzaFile>,
  found: Templates,
): Omit<ConfigInput, "version" | "values"> | undefined {
  const organizationFile = files.get("organization-config.yaml");
  const accountsFile = files.get("accounts-config.yaml");
  if (organizationFile === undefined || accountsFile === undefined) return undefined;
  const global = asMap(files.get("global-config.yaml")?.value);
  const roleName = asText(global.managementAccountAccessRole);
  const homeRegion = asText(global.homeRegion);
  const units = readUnits(importing, organizationFile, found);
  const accounts = readAccounts(
    importing,
    accountsFile,
    found,
    units,
    roleName === undefined ? undefined : found.decode(roleName),
  );
  const policies = readPolicies(importing, {
    file: organizationFile,
    templates: found,
    units,
    accountNames: accounts.names,
    variables: variables(importing, found, {
      managementAccountAccessRole: roleName,
      homeRegion,
      organizationId:
        importing.input.organizationId ??
        (importing.input.ids === false ? undefined : statedOrganizationId(organizationFile)),
      accountIds: accounts.ids,
    }),
  });
  if (asMap(organizationFile.value).enable === false) {
    const where = organizationFile.where(["enable"]);
    note(importing, where, "enable: false", "orgrail works with AWS Organizations only");
  }
  const services = readServices(importing, files, found, accounts.names, policies.lists);
  noteLeftOver(importing, files);
  const managementId = accounts.ids.get("Management");
  const organization: OrganizationInput = {
    ...(importing.values.has("organizationId") ? { id: substitutionOf("organizationId") } : {}),
    ...(managementId === undefined || importing.input.ids === false
      ? {}
      : { managementAccountId: managementId }),
    ...regions(found, global),
    ...(policies.types.length === 0 ? {} : { policyTypes: policies.types }),
    ...services,
  };
  const tree = units.tree();
  return {
    organization,
    ...(tree.length === 0 ? {} : { organizationalUnits: tree }),
    accounts: accounts.list,
    policies: policies.list,
  };
}

function regions(
  found: Templates,
  global: Readonly<Record<string, unknown>>,
): Pick<OrganizationInput, "homeRegion" | "governedRegions"> {
  const home = asText(global.homeRegion);
  const enabled = asList(global.enabledRegions).flatMap((region) => asText(region) ?? []);
  const resolved = enabled.flatMap((region) => found.resolve(region).split(","));
  // The home Region is always governed; the accelerator lets a template hide that.
  const hasHome = home === undefined || resolved.includes(found.resolve(home));
  const governed = enabled.map((region) => found.decode(region));
  return {
    ...(home === undefined ? {} : { homeRegion: found.decode(home) }),
    ...(enabled.length === 0
      ? {}
      : {
          governedRegions: hasHome ? governed : [found.decode(home), ...governed],
        }),
  };
}

/** The id of the organization, from the ARNs of `organizationalUnitIds`. */
function statedOrganizationId(file: LzaFile): string | undefined {
  for (const entry of asList(asMap(file.value).organizationalUnitIds)) {
    const id = /\/(o-[a-z0-9]+)\//.exec(asText(asMap(entry).arn) ?? "")?.[1];
    if (id !== undefined && identifierPatterns.organization.test(id)) return id;
  }
  return undefined;
}
