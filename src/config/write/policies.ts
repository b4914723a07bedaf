import { isJsonObject, type Json } from "../../core/json.ts";
import { isOrganizationPolicyType } from "../../core/policy-type.ts";
import type { OrganizationState, PolicyState, Tags } from "../../core/snapshot.ts";
import { awsManagedPolicies } from "../../data/aws-managed-policies.ts";
import type { Note, WrittenFile } from "../note.ts";
import type { PolicyInput } from "../schema/config-input.ts";
import { escapeSubstitution } from "../substitution.ts";
import { type FileNames, policyFolder, type WrittenNames } from "./names.ts";

/** Where a writer puts what it makes. */
export interface WriteTarget {
  readonly files: WrittenFile[];
  readonly notes: Note[];
  readonly names: WrittenNames;
  readonly fileNames: FileNames;
}

/** Writes the policies of a snapshot: documents into files, attachments as `attach`. */
export function writePolicies(
  organization: OrganizationState,
  target: WriteTarget,
): readonly PolicyInput[] {
  const written: PolicyInput[] = [];
  for (const policy of organization.policies ?? []) {
    const entry = policy.awsManaged
      ? awsManagedEntry(policy, organization, target)
      : customerEntry(policy, target);
    if (entry !== undefined) written.push(entry);
  }
  return written;
}

function customerEntry(policy: PolicyState, target: WriteTarget): PolicyInput | undefined {
  const { type, name, description, id } = policy;
  const where = `policies/${id}`;
  if (!isOrganizationPolicyType(type)) {
    target.notes.push({
      where,
      what: `policy ${name} of type ${type}`,
      why: "this version of orgrail does not know the type",
    });
    return undefined;
  }
  const document = documentText(policy.content);
  if (document === undefined) {
    target.notes.push({
      where,
      what: `policy ${name}`,
      why: policy.content === undefined ? "its document was not read" : "its document is not JSON",
    });
    return undefined;
  }
  const file = target.fileNames.next(policyFolder(type), name);
  target.files.push({ path: file, text: document });
  const tags = writtenTags(policy.tags, where, target.notes);
  const attach = attachedTo(policy, target);
  return {
    name: escapeSubstitution(name),
    type,
    ...(description === "" ? {} : { description: escapeSubstitution(description) }),
    id,
    file,
    ...(tags === undefined ? {} : { tags }),
    ...(attach.length === 0 ? {} : { attach }),
  };
}

/**
 * A policy of AWS is stated only for what is not as AWS makes it: the targets that it is detached
 * from, or those that it was attached to by hand.
 */
function awsManagedEntry(
  policy: PolicyState,
  organization: OrganizationState,
  target: WriteTarget,
): PolicyInput | undefined {
  const { type, name } = policy;
  if (!isOrganizationPolicyType(type) || policy.targets === undefined) return undefined;
  const isEnabled = organization.root.policyTypes.some(
    (one) => one.type === type && one.status === "ENABLED",
  );
  const entry = { name: escapeSubstitution(name), type, awsManaged: true };
  if (!awsManagedPolicies.policies.some((one) => one.name === name && one.type === type)) {
    const attach = attachedTo(policy, target);
    return attach.length === 0 ? undefined : { ...entry, attach };
  }
  if (!isEnabled) return undefined;
  const attached = new Set(policy.targets);
  const all = [...target.names.paths.keys(), ...target.names.accounts.keys()];
  const detach = all
    .filter((id) => !attached.has(id))
    .flatMap((id) => escapeSubstitution(target.names.target(id) ?? ""))
    .filter((key) => key !== "");
  return detach.length === 0 ? undefined : { ...entry, detach };
}

function attachedTo(policy: PolicyState, target: WriteTarget): readonly string[] {
  if (policy.targets === undefined) {
    target.notes.push({
      where: `policies/${policy.id}/targets`,
      what: `attachments of policy ${policy.name}`,
      why: "they were not read",
    });
    return [];
  }
  return policy.targets.flatMap((id) => {
    const key = target.names.target(id);
    if (key !== undefined) return escapeSubstitution(key);
    target.notes.push({
      where: `policies/${policy.id}/targets`,
      what: `attachment of policy ${policy.name} to ${id}`,
      why: "the target is not written",
    });
    return [];
  });
}

/** A document, indented and escaped; `undefined` when it is no JSON object. */
export function documentText(content: string | undefined): string | undefined {
  if (content === undefined) return undefined;
  let value: Json;
  try {
    value = JSON.parse(content) as Json;
  } catch {
    return undefined;
  }
  if (!isJsonObject(value)) return undefined;
  const text = JSON.stringify(value, null, 2).replaceAll("\ufffd", "\\ufffd");
  return `${escapeSubstitution(text)}\n`;
}

/** Tags as the configuration can say them; those of AWS's own are left out without a word. */
export function writtenTags(
  tags: Tags | undefined,
  where: string,
  notes: Note[],
): Tags | undefined {
  const entries = Object.entries(tags ?? {}).filter(([key]) => !/^aws:/i.test(key));
  const sayable = entries.filter(([key]) => {
    const isSayable = key !== "__proto__" && !key.includes("$" + "{{");
    if (!isSayable) notes.push({ where, what: `tag ${key}`, why: "no file can have such a key" });
    return isSayable;
  });
  if (sayable.length === 0) return undefined;
  return Object.fromEntries(sayable.map(([key, value]) => [key, escapeSubstitution(value)]));
}
