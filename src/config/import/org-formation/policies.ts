import { identifierPatterns } from "../../../core/identifiers.ts";
import { isJsonObject, type Json } from "../../../core/json.ts";
import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import { quoted } from "../../report.ts";
import type { PolicyInput } from "../../schema/config-input.ts";
import { fileNames, policyFolder } from "../../write/names.ts";
import { type Importing, importCodes, note, tell } from "../importing.ts";
import { asText } from "../shapes.ts";
import type { Resource } from "./organization.ts";
import { references, unresolvedIn } from "./read-template.ts";
import type { NunjucksTemplates } from "./templates.ts";

/** Reads the SCPs, and attaches them to what lists them. */
export function readPolicies(
  importing: Importing,
  resources: readonly Resource[],
  templates: NunjucksTemplates,
  targetOf: (resource: Resource) => string | undefined,
): readonly PolicyInput[] {
  const names = fileNames();
  const policies = resources.filter(({ type }) => type === "ServiceControlPolicy");
  const known = new Set(policies.map(({ logicalId }) => logicalId));
  const targets = new Map<string, string[]>();
  for (const resource of resources) {
    const target = targetOf(resource);
    for (const logicalId of references(resource.properties.ServiceControlPolicies)) {
      if (target === undefined) continue;
      if (!known.has(logicalId)) {
        const what = `the attachment of ${logicalId} to ${target}`;
        note(importing, resource.where, what, "the file has no such policy");
        const summary = `${quoted(resource.logicalId)} has the policy ${quoted(logicalId)}, which is not in the file`;
        tell(importing, "warning", importCodes.reference, summary);
        continue;
      }
      targets.set(logicalId, [...(targets.get(logicalId) ?? []), target]);
    }
  }
  return policies.flatMap((resource) => {
    const { logicalId, properties, physicalId, where } = resource;
    const name = templates.decode(asText(properties.PolicyName) ?? logicalId);
    const made = documentOf(properties.PolicyDocument, templates);
    if ("why" in made) {
      note(importing, where, `the policy ${name}`, made.why);
      const summary = `the policy ${quoted(name)} is not carried over: ${made.why}`;
      tell(importing, "warning", importCodes.document, summary);
      return [];
    }
    const file = names.next(policyFolder("SERVICE_CONTROL_POLICY"), name);
    importing.files.push({ path: file, text: made.text });
    const description = templates.decode(asText(properties.Description) ?? "");
    const attach = [...new Set(targets.get(logicalId) ?? [])];
    const hasId = physicalId !== undefined && identifierPatterns.policy.test(physicalId);
    return {
      name,
      type: "SERVICE_CONTROL_POLICY",
      ...(description === ""
        ? {}
        : { description: description.slice(0, organizationsQuotas.lengths.policyDescription) }),
      ...(hasId ? { id: physicalId } : {}),
      file,
      ...(attach.length === 0 ? {} : { attach }),
    };
  });
}

function documentOf(
  value: unknown,
  templates: NunjucksTemplates,
): { readonly text: string } | { readonly why: string } {
  const unresolved = unresolvedIn(value);
  if (unresolved !== undefined) {
    return { why: `its document holds \`${unresolved}\`, which only org-formation resolves` };
  }
  let document: unknown = value;
  if (typeof value === "string") {
    try {
      document = JSON.parse(value) as Json;
    } catch {
      return { why: "its document is not JSON" };
    }
  }
  if (!isJsonObject(document)) return { why: "it has no document" };
  const text = JSON.stringify(document, null, 2);
  if (templates.isOpen(text)) return { why: "its document holds a template that has no value" };
  return { text: `${templates.decode(text)}\n` };
}
