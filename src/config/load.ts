import type { Desired, Ownership } from "../core/desired.ts";
import { type Diagnostic, hasErrors } from "../core/diagnostic.ts";
import { configCodes } from "./codes.ts";
import { placeOf, pointer } from "./places.ts";
import { createReport, quoted, type Report } from "./report.ts";
import { resolveAccounts } from "./resolve/accounts.ts";
import { resolveAttachments } from "./resolve/attachments.ts";
import { resolveAudit } from "./resolve/audit.ts";
import { type Context, checkedTags, type GuardrailResolver } from "./resolve/context.ts";
import { resolveDetection } from "./resolve/detect.ts";
import {
  checkDisabledTypes,
  resolveDelegatedAdministrators,
  resolveIdentity,
  resolvePolicyTypes,
  resolveResourcePolicy,
  resolveTrustedAccess,
} from "./resolve/organization.ts";
import { resolveOrganizationalUnits } from "./resolve/organizational-units.ts";
import { resolvePolicies } from "./resolve/policies.ts";
import { blockSchemas, resolveServices } from "./resolve/services.ts";
import { resolveWatch } from "./resolve/watch.ts";
import type { ConfigInput, ConfigValues, Partly } from "./schema/config-input.ts";
import { configSchema, configSchemaWith } from "./schema/config-schema.ts";
import { checkSchema } from "./schema-issues.ts";
import type { ServiceBlocks } from "./service-blocks.ts";
import { hasSubstitution } from "./substitution.ts";
import { checkedText, sizeLimits } from "./text.ts";
import { fileValues } from "./values.ts";
import { parseYaml } from "./yaml-reader.ts";
import { yamlValues } from "./yaml-values.ts";

/** What a configuration is loaded from. */
export interface LoadInput {
  /** Path of the configuration as the user wrote it; other files are relative to its folder. */
  readonly file: string;
  readonly text: string;
  /** Gives the text of a plain file; `undefined` when there is none or it cannot be read. */
  readonly readFile: (path: string) => string | undefined;
  /** Says in words why there was no text of a file. */
  readonly whyNotRead?: (path: string) => string;
  /** Values from outside; they go before those under `values:`. */
  readonly values?: ConfigValues;
  readonly guardrails?: GuardrailResolver;
  /** Ids of the rules over events; without them names of rules are not checked. */
  readonly detectionRules?: readonly string[];
  /** Ids of the rules of the audit; without them names of rules are not checked. */
  readonly auditRules?: readonly string[];
  /** The services that `services:` may name; without them its blocks are not looked at. */
  readonly services?: ServiceBlocks;
}

/** What came of a configuration. */
export interface LoadResult {
  /** Absent when a diagnostic is an error. */
  readonly desired?: Desired;
  /** All that is wrong, by file and place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Texts of the files that were read, by path, for code frames. */
  readonly sources: Readonly<Record<string, string>>;
}

/** The mode of every list unless the file says otherwise. */
export const defaultOwnership: Ownership = {
  organizationalUnits: "additive",
  accounts: "additive",
  policies: "additive",
  attachments: "additive",
  policyTypes: "additive",
  trustedAccess: "additive",
  delegatedAdministrators: "additive",
  tags: "additive",
};

/**
 * Reads a configuration into the desired state. Every mistake is reported, each with its place,
 * what is wrong and what to do; never throws on any text.
 */
export function loadConfig(input: LoadInput): LoadResult {
  const report = createReport();
  const sources = new Map<string, string>();
  const desired = load(input, report, sources);
  const diagnostics = report.diagnostics();
  return {
    ...(desired === undefined || hasErrors(diagnostics) ? {} : { desired }),
    diagnostics,
    sources: Object.fromEntries(sources),
  };
}

function load(input: LoadInput, report: Report, sources: Map<string, string>): Desired | undefined {
  const text = checkedText(input.text, input.file, sizeLimits.configuration, report);
  if (text === undefined) return undefined;
  sources.set(input.file, text);
  const yaml = parseYaml(text, input.file, report);
  if (yaml === undefined) return undefined;
  const ownValues = fileValues(yaml);
  const values = { ...ownValues, ...input.values };
  const read = yamlValues(yaml, report, { values });
  for (const [name, value] of Object.entries(ownValues)) {
    if (![value].flat().some((one) => hasSubstitution(String(one)))) continue;
    report.error(
      configCodes.badSubstitution,
      `the value ${quoted(name)} holds a substitution`,
      placeOf(read.places, pointer(["values", name])).span,
      "values are put in as they are; write the text out",
    );
  }
  if (typeof read.value !== "object" || read.value === null || Array.isArray(read.value)) {
    const empty = yaml.contents === null;
    report.error(
      configCodes.empty,
      empty ? "the file is empty" : "the file is not a mapping",
      yaml.span([0, 0]),
      "begin with `version: 1`, or let `orgrail init` write a configuration",
    );
    return undefined;
  }
  const schema =
    input.services === undefined ? configSchema : configSchemaWith(blockSchemas(input.services));
  const config = checkSchema(read, report, schema) as Partly<ConfigInput>;
  const context: Context = {
    file: input.file,
    config,
    places: read.places,
    report,
    values,
    readFile: input.readFile,
    whyNotRead: input.whyNotRead,
    guardrails: input.guardrails,
    detectionRules: input.detectionRules,
    auditRules: input.auditRules,
    sources,
  };
  const desired = resolve(context);
  const services = resolveServices(context, input.services, desired);
  return services === undefined ? desired : { ...desired, services };
}

function resolve(context: Context): Desired {
  const { config } = context;
  const units = resolveOrganizationalUnits(context);
  const accounts = resolveAccounts(context, units);
  const policies = resolvePolicies(context);
  const { attachments, referred } = resolveAttachments(context, units, accounts, policies);
  const policyTypes = resolvePolicyTypes(context);
  checkDisabledTypes(context, policyTypes, attachments);
  const trustedAccess = resolveTrustedAccess(context);
  const resourcePolicy = resolveResourcePolicy(context);
  const detection = resolveDetection(context, config.detect, context.detectionRules);
  const audit = resolveAudit(context, config.audit, context.auditRules);
  const watch = resolveWatch(context, config.watch);
  const rootTags = checkedTags(context, config.root?.tags, "/root/tags");
  const lock = config.lock;
  return {
    schemaVersion: 1,
    organization: resolveIdentity(context),
    ownership: { ...defaultOwnership, ...given(config.ownership) },
    ...(rootTags === undefined ? {} : { rootTags }),
    organizationalUnits: [...units.values()].map(({ desired }) => desired),
    accounts: [...accounts.values()].flatMap(({ desired }) => desired ?? []),
    policies: [...policies.list.map(({ desired }) => desired), ...referred],
    attachments,
    policyTypes,
    trustedAccess,
    delegatedAdministrators: resolveDelegatedAdministrators(context, accounts, trustedAccess),
    ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
    protectedRoles: (config.protectedRoles ?? []).filter((role) => role !== undefined),
    ...(detection === undefined ? {} : { detection }),
    ...(audit === undefined ? {} : { audit }),
    ...(watch === undefined ? {} : { watch }),
    ...(lock?.bucket === undefined || lock.key === undefined
      ? {}
      : {
          lock: {
            bucket: lock.bucket,
            key: lock.key,
            ...(lock.region === undefined ? {} : { region: lock.region }),
          },
        }),
  };
}

/** The members that are given: one that is `undefined` is none. */
function given(ownership: Partly<ConfigInput>["ownership"]): Partial<Ownership> {
  return Object.fromEntries(
    Object.entries(ownership ?? {}).filter(([, mode]) => mode !== undefined),
  );
}
