import type { JsonObject } from "../../core/json.ts";
import { isOrganizationPolicyType } from "../../core/policy-type.ts";
import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import type { Planning } from "../planning.ts";
import { draft, report } from "../planning.ts";
import type { PolicyNode, PolicyNodes } from "../policies.ts";
import { narrowsProtection } from "../policies.ts";
import { canonicalContent, contentMeaning, grammarOf, minifiedContent } from "../policy-content.ts";
import { tagList } from "../tag-list.ts";

/** Makes policies, renames and rewrites them in place, and deletes those to be removed. */
export function planPolicies(planning: Planning, policies: PolicyNodes): void {
  if (planning.desired.ownership.policies !== "ignore") {
    for (const node of policies.all) {
      if (node.fate === "create") createPolicy(planning, node);
      else if (node.fate === "keep") updatePolicy(planning, node);
      else deletePolicy(planning, node);
    }
    checkNumbers(planning, policies);
  }
  freeNames(policies);
}

function createPolicy(planning: Planning, node: PolicyNode): void {
  const { desired } = node;
  if (desired?.content === undefined) return;
  const content = minifiedContent(desired.content);
  checkSize(planning, node, content);
  node.creation = draft(planning, {
    operation: "CreatePolicy",
    address: node.address,
    action: "create",
    input: {
      Name: desired.name,
      Description: desired.description,
      Type: desired.type,
      Content: content,
      ...(planning.desired.ownership.tags === "ignore" ? {} : tagList(desired.tags)),
    },
    before: null,
    after: { name: desired.name, type: desired.type },
    reason: "the file declares this policy, and AWS has none of that type and name",
    rank: "writePolicy",
    span: desired.contentSpan ?? desired.span,
  });
}

function updatePolicy(planning: Planning, node: PolicyNode): void {
  const { desired, live } = node;
  if (desired?.content === undefined || live === undefined) return;
  if (live.content === undefined) {
    report(
      planning,
      "warning",
      "ORGRAIL3007",
      `the content of policy \`${node.name}\` (${node.type}) was not read; it is not compared`,
      { span: desired.span, help: "see the gaps: allow the denied reads, then plan again" },
    );
    return;
  }
  const grammar = grammarOf(node.type);
  const rewrites =
    live.content !== desired.content &&
    contentMeaning(live.content, grammar) !== contentMeaning(desired.content, grammar);
  const renames = live.name !== desired.name;
  const describes = live.description !== desired.description;
  if (!rewrites && !renames && !describes) return;
  const content = rewrites ? minifiedContent(desired.content) : live.content;
  if (rewrites) checkSize(planning, node, content);
  const narrows = rewrites && narrowsProtection(node.type, live.content, content);
  const parts = [
    ...(renames ? ["name"] : []),
    ...(describes ? ["description"] : []),
    ...(rewrites ? ["content"] : []),
  ];
  node.update = draft(planning, {
    operation: "UpdatePolicy",
    address: node.address,
    action: "update",
    input: {
      PolicyId: live.id,
      ...(renames ? { Name: desired.name } : {}),
      ...(describes ? { Description: desired.description } : {}),
      ...(rewrites ? { Content: content } : {}),
    },
    before: facet(live.name, live.description, live.content),
    after: facet(desired.name, desired.description, content),
    reason: `the file gives this policy another ${parts.join(" and ")}`,
    rank: narrows ? "narrowPolicy" : "writePolicy",
    risk: narrows ? "protection" : "none",
    span: rewrites ? (desired.contentSpan ?? desired.span) : desired.span,
  });
}

function facet(name: string, description: string, content: string): JsonObject {
  return { name, description, content: canonicalContent(content) };
}

/** Detaching it everywhere first is the attachments' step. */
function deletePolicy(planning: Planning, node: PolicyNode): void {
  const { live, desired } = node;
  if (live === undefined) return;
  if (live.targets === undefined) {
    report(
      planning,
      "error",
      "ORGRAIL3033",
      `policy \`${node.name}\` (${live.id}) cannot be removed: what it is attached to was not read`,
      { span: desired?.span, help: "see the gaps: allow the denied reads, then plan again" },
    );
    return;
  }
  node.deletion = draft(planning, {
    operation: "DeletePolicy",
    address: node.address,
    action: "delete",
    input: { PolicyId: live.id },
    before: { name: live.name, type: live.type },
    after: null,
    reason:
      desired === undefined
        ? "the file owns all policies and does not name this one"
        : "the file says `remove` of this policy",
    rank: "deletePolicy",
    risk: "destructive",
    span: desired?.span,
  });
}

/** A name can be taken only after the policy that has it now has given it up. */
function freeNames(policies: PolicyNodes): void {
  const holders = new Map(
    policies.all.flatMap((node) =>
      node.live === undefined ? [] : [[`${node.type}/${node.live.name}`, node] as const],
    ),
  );
  for (const node of policies.all) {
    const taker = node.creation ?? node.update;
    const holder = holders.get(`${node.type}/${node.name}`);
    if (taker === undefined || holder === undefined || holder === node) continue;
    const freed = holder.update ?? holder.deletion;
    if (freed !== undefined) taker.needs.add(freed);
  }
}

function checkSize(planning: Planning, node: PolicyNode, content: string): void {
  if (!isOrganizationPolicyType(node.type)) return;
  const { contentCharacters } = organizationsQuotas.policyTypes[node.type];
  if (content.length <= contentCharacters) return;
  report(
    planning,
    "error",
    "ORGRAIL3045",
    `policy \`${node.name}\` has ${content.length} characters minified; AWS allows ${contentCharacters} for ${node.type}`,
    {
      span: node.desired?.contentSpan ?? node.desired?.span,
      help: "shorten it, or split it in two policies",
    },
  );
}

function checkNumbers(planning: Planning, policies: PolicyNodes): void {
  const numbers = new Map<string, { there: number; made: number }>();
  for (const node of policies.all) {
    const number = numbers.get(node.type) ?? { there: 0, made: 0 };
    numbers.set(node.type, number);
    if (node.live !== undefined && node.owner !== "AWS") number.there++;
    if (node.fate === "create") number.made++;
  }
  for (const [type, { there, made }] of numbers) {
    if (!isOrganizationPolicyType(type) || made === 0) continue;
    const allowed = organizationsQuotas.policyTypes[type].policiesPerOrganization;
    if (there + made <= allowed) continue;
    report(
      planning,
      "error",
      "ORGRAIL3046",
      `${made} new policies of type ${type} beside the ${there} there are exceed AWS's quota of ${allowed}`,
      { help: "remove policies that are not used, in an apply before this one" },
    );
  }
}
