import { posix } from "node:path";
import { ouPathKey } from "../../../core/desired.ts";
import type { OrganizationPolicyType } from "../../../core/policy-type.ts";
import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import { quoted } from "../../report.ts";
import type { PolicyInput } from "../../schema/config-input.ts";
import { fileNames, policyFolder } from "../../write/names.ts";
import { type Importing, importCodes, note, tell } from "../importing.ts";
import { asList, asMap, asText, asTexts } from "../shapes.ts";
import { convertDocument } from "./policy-document.ts";
import type { LzaFile } from "./read-file.ts";
import type { Templates } from "./templates.ts";
import type { LzaUnits } from "./units.ts";
import type { Variables } from "./variables.ts";

/** The lists of policies in `organization-config.yaml`, and the types of what they hold. */
export const lzaPolicyLists: Readonly<Record<string, OrganizationPolicyType>> = {
  serviceControlPolicies: "SERVICE_CONTROL_POLICY",
  resourceControlPolicies: "RESOURCE_CONTROL_POLICY",
  declarativePolicies: "DECLARATIVE_POLICY_EC2",
  taggingPolicies: "TAG_POLICY",
  backupPolicies: "BACKUP_POLICY",
  chatbotPolicies: "CHATBOT_POLICY",
};

/** What policies are read with. */
export interface PolicySource {
  readonly file: LzaFile;
  readonly templates: Templates;
  readonly variables: Variables;
  readonly units: LzaUnits;
  readonly accountNames: ReadonlySet<string>;
}

/** The policies of the accelerator, and the lists that are in use. */
export interface LzaPolicies {
  readonly list: readonly PolicyInput[];
  readonly types: readonly OrganizationPolicyType[];
  readonly lists: readonly string[];
}

const fullAccess = "FullAWSAccess";

/** Reads the policies with their documents and targets. */
export function readPolicies(importing: Importing, source: PolicySource): LzaPolicies {
  const list: PolicyInput[] = [];
  const types: OrganizationPolicyType[] = [];
  const lists: string[] = [];
  const documents = documentFiles(importing, source);
  const withoutFullAccess = new Set<string>();
  for (const [key, type] of Object.entries(lzaPolicyLists)) {
    const entries = asList(asMap(source.file.value)[key]);
    if (entries.length === 0) continue;
    types.push(type);
    lists.push(key);
    for (const i of entries.keys()) {
      const entry = asMap(entries[i]);
      const targets = readTargets(importing, source, entry, [key, i]);
      const policy = readPolicy(importing, source, entry, type, [key, i], documents, targets);
      if (policy === undefined) continue;
      list.push(policy);
      if (entry.strategy !== "allow-list") continue;
      for (const target of targets) withoutFullAccess.add(target);
    }
  }
  const own = list.findIndex(({ name }) => name === fullAccess);
  if (withoutFullAccess.size > 0) {
    const attached = own < 0 ? {} : { attach: list[own]?.attach };
    const policy: PolicyInput = {
      name: fullAccess,
      type: "SERVICE_CONTROL_POLICY",
      awsManaged: true,
      ...attached,
      detach: [...withoutFullAccess],
    };
    if (own >= 0) list[own] = policy;
    else {
      importing.comments.set(`policies/${list.length}`, [
        "The strategy allow-list: what the policies of these targets do not allow is denied.",
      ]);
      list.push(policy);
    }
  }
  return { list, types, lists };
}

function readPolicy(
  importing: Importing,
  source: PolicySource,
  entry: Readonly<Record<string, unknown>>,
  type: OrganizationPolicyType,
  path: readonly (string | number)[],
  documents: (file: string, type: OrganizationPolicyType) => { path: string } | { why: string },
  targets: readonly string[],
): PolicyInput | undefined {
  const { templates, file } = source;
  const where = file.where(path);
  const name = templates.decode(asText(entry.name) ?? "");
  const document = asText(entry.policy) ?? "";
  const attach = targets.length === 0 ? {} : { attach: targets };
  if (entry.type === "awsManaged") {
    return { name: templates.decode(document), type, awsManaged: true, ...attach };
  }
  const made =
    name === ""
      ? { why: "it has no name" }
      : document === ""
        ? { why: "it names no document" }
        : documents(templates.resolve(document), type);
  if ("why" in made) {
    note(importing, where, `the policy ${quoted(name)}`, made.why);
    const summary = `the policy ${quoted(name)} is not carried over: ${made.why}`;
    tell(importing, "warning", importCodes.document, summary, file.span(path));
    return undefined;
  }
  const description = templates.decode(asText(entry.description) ?? "");
  const most = organizationsQuotas.lengths.policyDescription;
  if (description.length > most) {
    note(importing, where, `the end of the description of ${name}`, `AWS takes ${most} characters`);
  }
  return {
    name,
    type,
    ...(description === "" ? {} : { description: description.slice(0, most) }),
    file: made.path,
    ...attach,
  };
}

/** Converts documents into files, one file for each document and type. */
function documentFiles(
  importing: Importing,
  { variables }: PolicySource,
): (file: string, type: OrganizationPolicyType) => { path: string } | { why: string } {
  const names = fileNames();
  const made = new Map<string, { path: string } | { why: string }>();
  return (file, type) => {
    const key = `${type} ${file}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const converted = convertDocument(importing, file, variables);
    let result: { path: string } | { why: string };
    if ("why" in converted) result = converted;
    else {
      const path = names.next(policyFolder(type), posix.basename(file).replace(/\.json$/, ""));
      importing.files.push({ path, text: converted.text });
      result = { path };
    }
    made.set(key, result);
    return result;
  };
}

function readTargets(
  importing: Importing,
  source: PolicySource,
  entry: Readonly<Record<string, unknown>>,
  path: readonly (string | number)[],
): readonly string[] {
  const { file, templates, units, accountNames } = source;
  const where = file.where(path);
  const name = templates.decode(asText(entry.name) ?? "");
  const targets = asMap(entry.deploymentTargets);
  const found = new Set<string>();
  const excluded = new Set(asTexts(targets.excludedAccounts).map((text) => templates.decode(text)));
  const unknown = (what: string, at: string): void => {
    const summary = `${quoted(name)} is for ${what}, which no file lists`;
    const span = file.span([...path, "deploymentTargets", at]);
    tell(importing, "warning", importCodes.reference, summary, span, "it is not attached there");
    note(importing, where, `the attachment of ${name} to ${what}`, "no file lists the target");
  };
  for (const text of asTexts(targets.organizationalUnits).map((one) => templates.decode(one))) {
    const unit = units.find(text);
    if (unit === undefined) unknown(`the unit ${text}`, "organizationalUnits");
    else found.add(ouPathKey(unit));
  }
  for (const account of asTexts(targets.accounts).map((one) => templates.decode(one))) {
    if (excluded.has(account)) continue;
    if (accountNames.has(account)) found.add(`account:${account}`);
    else unknown(`the account ${account}`, "accounts");
  }
  if (excluded.size > 0 && asTexts(targets.organizationalUnits).length > 0) {
    const why = "a policy of a unit holds for every account in it; the accelerator attaches it too";
    note(importing, where, `excludedAccounts of ${name}: ${[...excluded].join(", ")}`, why);
  }
  if (asList(targets.excludedRegions).length > 0) {
    const why = "policies have no Regions; use the condition `aws:RequestedRegion`";
    note(importing, where, `excludedRegions of ${name}`, why);
  }
  return [...found];
}
