import { ouPathKey } from "../../../core/desired.ts";
import { quoted } from "../../report.ts";
import {
  finishImport,
  type ImportInput,
  type ImportResult,
  importCodes,
  note,
  startImport,
  tell,
} from "../importing.ts";
import { asMap, asText } from "../shapes.ts";
import { readAccounts } from "./accounts.ts";
import { type Resource, readResources, readState } from "./organization.ts";
import { readPolicies } from "./policies.ts";
import { readTemplate } from "./read-template.ts";
import { nunjucksTemplates } from "./templates.ts";
import { readUnits } from "./units.ts";

/** What an import from org-formation needs beside the file. */
export interface OrgFormationInput extends ImportInput {
  /** Path of `organization.yml`. */
  readonly file: string;
  /** Text of org-formation's state file, whose ids are carried over. */
  readonly state?: string;
}

/**
 * Makes a configuration from org-formation's `organization.yml`: units that list their children
 * become a tree, `!Ref`s become names, templates of nunjucks become values. What is not carried
 * over is listed; a template that cannot be resolved is named, never a syntax error.
 */
export function importOrgFormation(input: OrgFormationInput): ImportResult {
  const importing = startImport(input);
  const { file } = input;
  const templates = nunjucksTemplates(importing);
  const header = [
    "Imported from org-formation.",
    "`orgrail plan` shows what it would change before anything is changed.",
  ];
  const start = { line: 1, column: 1, offset: 0 };
  if (input.readFile(file) === undefined) {
    const span = { file, start, end: start };
    const summary = `the file ${quoted(file)} is missing`;
    const help = "name the file `organization.yml` of org-formation";
    tell(importing, "error", importCodes.fileMissing, summary, span, help);
    return finishImport(importing, undefined, header);
  }
  const template = readTemplate(importing, file, templates);
  if (template === undefined) return finishImport(importing, undefined, header);
  const root = asMap(template.value);
  const version = asText(root.AWSTemplateFormatVersion);
  if (version !== "2010-09-09-OC" || root.Organization === undefined) {
    tell(
      importing,
      "error",
      importCodes.shape,
      "this is not a file that describes an organization to org-formation",
      { file, start, end: start },
      version === "2010-09-09-OC"
        ? "it has no section `Organization`; name the file that has"
        : "such a file begins with `AWSTemplateFormatVersion: '2010-09-09-OC'`",
    );
    return finishImport(importing, undefined, header);
  }
  const ids = readState(input.ids === false ? undefined : input.state);
  const resources = readResources(importing, template, ids);
  const units = readUnits(importing, resources, templates);
  const accounts = readAccounts(importing, resources, templates, units);
  const target = (resource: Resource): string | undefined => {
    if (resource.type === "OrganizationRoot") return "Root";
    const path = units.paths.get(resource.logicalId);
    if (path !== undefined) return ouPathKey(path);
    const name = accounts.names.get(resource.logicalId);
    return name === undefined ? undefined : `account:${name}`;
  };
  const policies = readPolicies(importing, resources, templates, target);
  if (input.list?.some((path) => /tasks\.ya?ml$/.test(path)) === true) {
    const why =
      "tasks deploy stacks; policies in them are CloudFormation's, not the organization's";
    note(importing, file, "the tasks files beside it", why);
  }
  const organization = {
    ...(accounts.managementAccountId === undefined
      ? {}
      : { managementAccountId: accounts.managementAccountId }),
    ...(policies.length === 0 ? {} : { policyTypes: ["SERVICE_CONTROL_POLICY" as const] }),
  };
  return finishImport(
    importing,
    {
      ...(Object.keys(organization).length === 0 ? {} : { organization }),
      ...(units.tree.length === 0 ? {} : { organizationalUnits: units.tree }),
      ...(accounts.list.length === 0 ? {} : { accounts: accounts.list }),
      ...(policies.length === 0 ? {} : { policies }),
    },
    header,
  );
}
