// biome-ignore-all lint/suspicious/noTemplateCurlyInString: orgrail's substitution is meant
import type { DesiredPolicy } from "../../core/desired.ts";
import type { OrganizationPolicyType } from "../../core/policy-type.ts";
import { awsManagedPolicies } from "../../data/aws-managed-policies.ts";
import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import { configCodes } from "../codes.ts";
import { quoted } from "../report.ts";
import type { Partly, PolicyInput } from "../schema/config-input.ts";
import { didYouMean } from "../suggest.ts";
import { checkDocument } from "./check-document.ts";
import {
  type Context,
  checkedTags,
  contradiction,
  items,
  keyAt,
  spanAt,
  uniqueness,
} from "./context.ts";
import {
  checkSize,
  type DocumentLimit,
  hasOneDocument,
  type ResolvedDocument,
  readDocument,
} from "./documents.ts";

/** A policy of the file with what other parts of the file need to know of it. */
export interface ResolvedPolicy {
  readonly name: string;
  readonly type: OrganizationPolicyType;
  readonly desired: DesiredPolicy;
  readonly input: Partly<PolicyInput>;
  readonly at: string;
}

/** The policies of the file, and names that are known though their policy has mistakes. */
export interface ResolvedPolicies {
  readonly list: readonly ResolvedPolicy[];
  readonly brokenNames: ReadonlySet<string>;
}

/** Reads the policies and their documents, and checks names, types, ids and contradictions. */
export function resolvePolicies(context: Context): ResolvedPolicies {
  const list: ResolvedPolicy[] = [];
  const brokenNames = new Set<string>();
  const names = uniqueness(context, configCodes.duplicateName);
  const ids = uniqueness(context, configCodes.duplicateId);
  for (const [policy, at] of items(context.config.policies, "/policies")) {
    const { name, id } = policy;
    if (name === undefined) continue;
    if (id !== undefined) {
      const span = spanAt(context, `${at}/id`);
      ids.check(id, span, `two policies have the id ${quoted(id)}`, "keep one of them");
    }
    const resolved = readPolicy(context, policy, name, at);
    if (resolved === undefined) {
      brokenNames.add(name);
      continue;
    }
    const isNew = names.check(
      `${resolved.type}/${name}`,
      spanAt(context, `${at}/name`),
      `two policies of type ${resolved.type} are called ${quoted(name)}`,
      "AWS wants the names of policies of one type to differ",
    );
    if (isNew) list.push(resolved);
  }
  checkFormerNames(context, list);
  return { list, brokenNames };
}

function readPolicy(
  context: Context,
  policy: Partly<PolicyInput>,
  name: string,
  at: string,
): ResolvedPolicy | undefined {
  const awsManaged = isAwsManaged(policy, name);
  const made = makeDocument(context, policy, name, at, awsManaged);
  const type = typeOf(context, policy, made?.type, name, at);
  if (type === undefined) return undefined;
  if (awsManaged) checkAwsManaged(context, policy, name, at);
  if (policy.remove === true && (policy.attach ?? []).length > 0) {
    contradiction(
      context,
      `the policy ${quoted(name)} is removed and attached`,
      keyAt(context, `${at}/attach`),
      "remove the list `attach`; a removed policy is detached everywhere",
    );
  }
  const limit: DocumentLimit = {
    characters: organizationsQuotas.policyTypes[type].contentCharacters,
    what: `a ${type}`,
  };
  const isAway = awsManaged || policy.remove === true;
  if (made?.document !== undefined) {
    const fits = checkSize(context, made.document, limit);
    const isOurs = policy.guardrail === undefined && !isAway;
    const isAdopted = policy.id !== undefined;
    if (fits && isOurs) checkDocument(context, made.document, type, at, isAdopted);
  }
  const tags = checkedTags(context, policy.tags, `${at}/tags`);
  const desired: DesiredPolicy = {
    name,
    type,
    description: policy.description ?? made?.description ?? "",
    ...(made?.document === undefined || isAway
      ? {}
      : { content: made.document.content, contentSpan: made.document.span }),
    ...(policy.id === undefined ? {} : { id: policy.id }),
    ...(policy.formerName === undefined ? {} : { formerName: policy.formerName }),
    ...(tags === undefined ? {} : { tags }),
    remove: policy.remove === true,
    span: spanAt(context, at),
  };
  return { name, type, desired, input: policy, at };
}

function isAwsManaged(policy: Partly<PolicyInput>, name: string): boolean {
  if (policy.awsManaged !== undefined) return policy.awsManaged;
  const known = awsManagedType(name);
  return known !== undefined && (policy.type === undefined || policy.type === known);
}

interface MadeDocument {
  readonly document?: ResolvedDocument;
  readonly type?: OrganizationPolicyType;
  readonly description?: string;
}

function makeDocument(
  context: Context,
  policy: Partly<PolicyInput>,
  name: string,
  at: string,
  awsManaged: boolean,
): MadeDocument | undefined {
  if (policy.parameters !== undefined && policy.guardrail === undefined) {
    contradiction(
      context,
      `the policy ${quoted(name)} has parameters but no guardrail`,
      keyAt(context, `${at}/parameters`),
      "name the guardrail, or put values into the document with `${{ name }}`",
    );
  }
  const given = (["content", "file", "guardrail"] as const).filter((one) =>
    context.places.has(`${at}/${one}`),
  );
  if (given.length === 0 && (awsManaged || policy.remove === true)) return undefined;
  const choices = "one of `file`, `content` and `guardrail`";
  if (!hasOneDocument(context, given, at, `the policy ${quoted(name)}`, choices)) return undefined;
  if (given[0] !== "guardrail") {
    const document = readDocument(context, policy, at, undefined);
    return document === undefined ? undefined : { document };
  }
  return policy.guardrail === undefined
    ? undefined
    : fromGuardrail(context, policy.guardrail, policy, at);
}

function fromGuardrail(
  context: Context,
  guardrail: string,
  policy: Partly<PolicyInput>,
  at: string,
): MadeDocument | undefined {
  const span = spanAt(context, `${at}/guardrail`);
  const library = context.guardrails;
  if (library === undefined || !library.names.includes(guardrail)) {
    context.report.error(
      configCodes.unknownGuardrail,
      `no guardrail is called ${quoted(guardrail)}`,
      span,
      didYouMean(guardrail, library?.names ?? [], "guardrails") ??
        "`orgrail guardrails` lists them all",
    );
    return undefined;
  }
  const made = library.resolve(guardrail, policy.parameters ?? {});
  for (const { parameter, ...diagnostic } of made.diagnostics) {
    const key = `${at}/parameters/${parameter ?? ""}`;
    context.report.add({
      ...diagnostic,
      span: diagnostic.span ?? (context.places.has(key) ? spanAt(context, key) : span),
    });
  }
  return {
    ...(made.content === undefined ? {} : { document: { content: made.content, span } }),
    ...(made.type === undefined ? {} : { type: made.type }),
    ...(made.description === undefined ? {} : { description: made.description }),
  };
}

function typeOf(
  context: Context,
  policy: Partly<PolicyInput>,
  made: OrganizationPolicyType | undefined,
  name: string,
  at: string,
): OrganizationPolicyType | undefined {
  if (policy.type !== undefined) {
    if (made !== undefined && made !== policy.type) {
      contradiction(
        context,
        `the guardrail ${quoted(policy.guardrail ?? "")} makes a ${made}, not a ${policy.type}`,
        spanAt(context, `${at}/type`),
        "remove `type`; the guardrail knows its own",
      );
    }
    return policy.type;
  }
  if (made !== undefined) return made;
  const known = awsManagedType(name);
  if (known !== undefined) return known;
  // A type that is not known, or a guardrail with mistakes, is reported already.
  if (!context.places.has(`${at}/type`) && policy.guardrail === undefined) {
    context.report.error(
      configCodes.missingKey,
      `the policy ${quoted(name)} has no type`,
      spanAt(context, `${at}/name`),
      "add `type`, such as `SERVICE_CONTROL_POLICY`",
    );
  }
  return undefined;
}

function checkAwsManaged(
  context: Context,
  policy: Partly<PolicyInput>,
  name: string,
  at: string,
): void {
  const words = [
    "content",
    "file",
    "guardrail",
    "description",
    "tags",
    "formerName",
    "remove",
  ] as const;
  for (const word of words) {
    if (policy[word] === undefined || policy[word] === false) continue;
    contradiction(
      context,
      `the policy ${quoted(name)} is AWS's own and cannot be changed`,
      keyAt(context, `${at}/${word}`),
      `remove \`${word}\`; such a policy is only attached and detached`,
    );
  }
}

function checkFormerNames(context: Context, list: readonly ResolvedPolicy[]): void {
  const present = new Set(list.map(({ type, name }) => `${type}/${name}`));
  const claimed = uniqueness(context, configCodes.contradiction);
  for (const { desired, type, name, at } of list) {
    const former = desired.formerName;
    if (former === undefined) continue;
    const span = spanAt(context, `${at}/formerName`);
    const summary = `two policies were called ${quoted(former)} before`;
    claimed.check(`${type}/${former}`, span, summary, "a policy can become only one other");
    if (former !== name && present.has(`${type}/${former}`)) {
      contradiction(
        context,
        `${quoted(former)} is still a policy of the file`,
        span,
        "a policy that was renamed is stated only by its new name",
      );
    }
  }
}

/** The type that an AWS-managed policy of that name has. */
export function awsManagedType(name: string): OrganizationPolicyType | undefined {
  return awsManagedPolicies.policies.find((policy) => policy.name === name)?.type;
}
