import type { DesiredAttachment } from "../../core/desired.ts";
import type { Address, Risk } from "../../core/plan.ts";
import { isOrganizationPolicyType } from "../../core/policy-type.ts";
import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import { protectedPolicies } from "../../data/protected-policies.ts";
import { attachmentAddress } from "../address.ts";
import type { AttachmentSet, AttachmentSets } from "../attachment-sets.ts";
import { entry } from "../live.ts";
import type { Draft, Planning } from "../planning.ts";
import { draft, idOrRef, needsThings, report } from "../planning.ts";
import type { PolicyNode, PolicyNodes } from "../policies.ts";
import { isGuard } from "../policies.ts";
import { statementMeanings } from "../policy-content.ts";
import { chainOf, targetKey } from "../tree.ts";
import type { PolicyTypes } from "./plan-policy-types.ts";

/** What the file says of attachments, by target key and policy key. */
export type Wishes = Map<string, { readonly wish: DesiredAttachment; readonly address: Address }>;

/** Changes of attachments, by target key, then by policy key. */
export interface AttachmentDrafts {
  readonly attaching: ReadonlyMap<string, ReadonlyMap<string, Draft>>;
  readonly detaching: ReadonlyMap<string, ReadonlyMap<string, Draft>>;
}

interface Drafting {
  readonly planning: Planning;
  readonly sets: AttachmentSets;
  readonly policies: PolicyNodes;
  readonly types: PolicyTypes;
  readonly wishes: Wishes;
  readonly attaching: Map<string, Map<string, Draft>>;
  readonly detaching: Map<string, Map<string, Draft>>;
}

/** Makes the changes between what is attached and what will be. */
export function draftAttachments(
  planning: Planning,
  sets: AttachmentSets,
  policies: PolicyNodes,
  types: PolicyTypes,
  wishes: Wishes,
): AttachmentDrafts {
  const drafting: Drafting = {
    planning,
    sets,
    policies,
    types,
    wishes,
    attaching: new Map(),
    detaching: new Map(),
  };
  for (const set of sets.asked()) {
    refuse(drafting, set);
    const added = [...set.final].filter((key) => !set.start.has(key));
    const gone = [...set.start].filter((key) => !set.final.has(key));
    if (added.length + gone.length === 0) continue;
    const early = tooMany(drafting, set, added, gone);
    const attaches = added.flatMap((key) => attach(drafting, set, key));
    const detaches = gone.flatMap((key) => detach(drafting, set, key, early.includes(key)));
    for (const change of detaches) {
      if (change.rank === "detachEarly") continue;
      for (const attaching of attaches) change.prefers.add(attaching);
    }
    const first = detaches.filter(({ rank }) => rank === "detachEarly");
    makeRoom(first, attaches.slice(attaches.length - first.length));
  }
  return drafting;
}

/**
 * At AWS's limit one policy goes for each that comes, one after the other. It goes only when what
 * comes is there to be attached, so that a policy which cannot be made costs no other its place.
 */
function makeRoom(first: readonly Draft[], waiting: readonly Draft[]): void {
  first.forEach((change, index) => {
    const attaching = waiting[index];
    if (attaching === undefined) return;
    for (const other of attaching.needs) change.needs.add(other);
    for (const other of attaching.prefers) change.prefers.add(other);
    attaching.needs.add(change);
    const previous = waiting[index - 1];
    if (previous !== undefined) change.prefers.add(previous);
  });
}

function attach(drafting: Drafting, set: AttachmentSet, key: string): Draft[] {
  const { planning, policies, types, wishes, attaching } = drafting;
  const { node, type } = set;
  const policy = policies.byKey.get(key);
  if (policy === undefined) return [];
  const asked = wishes.get(`${targetKey(node)}\0${key}`);
  const change = draft(planning, {
    operation: "AttachPolicy",
    address: asked?.address ?? attachmentAddress(policy.address, node.address),
    action: "attach",
    input: { PolicyId: idOrRef(policy), TargetId: idOrRef(node) },
    before: null,
    after: { attached: true },
    reason:
      asked === undefined
        ? `it is attached to the unit that ${node.address} replaces`
        : "the file attaches this policy here",
    rank: policy.update?.rank === "narrowPolicy" ? "attachNarrowed" : "attach",
    span: asked?.wish.span,
    account: node.kind === "account" ? node.id : undefined,
  });
  needsThings(change, policy, node);
  const enabling = types.enabling.get(type);
  if (enabling !== undefined) change.needs.add(enabling);
  if (policy.update !== undefined) change.prefers.add(policy.update);
  entry(attaching, targetKey(node), () => new Map<string, Draft>()).set(key, change);
  return [change];
}

function detach(drafting: Drafting, set: AttachmentSet, key: string, early: boolean): Draft[] {
  const { planning, policies, types, wishes, detaching } = drafting;
  const { node, type } = set;
  const policy = policies.byKey.get(key);
  if (policy === undefined) return [];
  const asked = wishes.get(`${targetKey(node)}\0${key}`);
  const change = draft(planning, {
    operation: "DetachPolicy",
    address: asked?.address ?? attachmentAddress(policy.address, node.address),
    action: "detach",
    input: { PolicyId: idOrRef(policy), TargetId: idOrRef(node) },
    before: { attached: true },
    after: null,
    reason:
      detachReason(drafting, set, policy, asked !== undefined) +
      (early ? "; first, for there is no room for what comes in its place" : ""),
    rank: early ? "detachEarly" : "detach",
    risk: early ? "protection" : detachRisk(drafting, set, policy),
    span: asked?.wish.span ?? policy.desired?.span,
    account: node.kind === "account" ? node.id : undefined,
  });
  needsThings(change, node);
  const enabling = types.enabling.get(type);
  if (enabling !== undefined) change.needs.add(enabling);
  policy.deletion?.needs.add(change);
  entry(detaching, targetKey(node), () => new Map<string, Draft>()).set(key, change);
  return [change];
}

function detachReason(
  drafting: Drafting,
  { node }: AttachmentSet,
  policy: PolicyNode,
  asked: boolean,
): string {
  if (asked) return "the file says that this policy is not attached here";
  if (policy.fate === "remove") return "the policy is removed";
  if (node.id === undefined) return "the unit that this one replaces does not have it";
  return drafting.planning.desired.ownership.attachments === "exclusive"
    ? "the file owns all attachments and does not name this one"
    : "the file does not attach this policy here";
}

function detachRisk({ sets, policies }: Drafting, set: AttachmentSet, policy: PolicyNode): Risk {
  const key = policy.id ?? policy.address;
  if (isGuard(policy.type, policy.live?.content)) {
    const above = chainOf(set.node).slice(1);
    return above.some((node) => sets.finally(node).has(key)) ? "none" : "protection";
  }
  // What is allowed must be allowed at every level, so another level's policy is no help.
  const allowsAll = [...set.final].some((other) => {
    const node = policies.byKey.get(other);
    const content = node?.desired?.content ?? node?.live?.content;
    return content !== undefined && statementMeanings(content, "Allow").has(fullAccess);
  });
  return allowsAll ? "none" : "lockout";
}

const fullAccess = [
  ...statementMeanings('{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}', "Allow"),
].join("");

/** Takes back what must not be done: the last policy, AWS's own, another owner's. */
function refuse(drafting: Drafting, set: AttachmentSet): void {
  const { planning, policies } = drafting;
  const { node, type, start, final } = set;
  const spanOf = (key: string): DesiredAttachment["span"] | undefined =>
    drafting.wishes.get(`${targetKey(node)}\0${key}`)?.wish.span;
  for (const key of new Set([...start, ...final])) {
    const policy = policies.byKey.get(key);
    if (policy?.owner === undefined || policy.owner === "AWS") continue;
    if (start.has(key) === final.has(key) || node.id === undefined) continue;
    report(
      planning,
      "error",
      "ORGRAIL3031",
      `policy \`${policy.name}\` belongs to ${policy.owner} and is never ${final.has(key) ? "attached" : "detached"}`,
      { span: spanOf(key), help: `change it in ${policy.owner}` },
    );
    if (start.has(key)) final.add(key);
    else final.delete(key);
  }
  const birth = protectedPolicies.attachedAtBirth[type];
  if (birth !== undefined && start.has(birth.id) && !final.has(birth.id)) {
    const others = [...final].map((key) => policies.byKey.get(key));
    const allowed = others.some((policy) => {
      const content = policy?.desired?.content ?? policy?.live?.content;
      return content !== undefined && statementMeanings(content, "Allow").size > 0;
    });
    if (!birth.detachable || !allowed) {
      final.add(birth.id);
      report(
        planning,
        "error",
        "ORGRAIL3042",
        birth.detachable
          ? `without ${birth.name} no policy at ${node.address} would allow anything`
          : `${birth.name} cannot be detached from ${node.address}`,
        {
          span: spanOf(birth.id),
          help: birth.detachable
            ? "attach another service control policy that allows, or keep FullAWSAccess"
            : "drop this line",
        },
      );
    }
  }
  if (!isOrganizationPolicyType(type)) return;
  const minimum = organizationsQuotas.policyTypes[type].minimumPerTarget;
  if (final.size >= minimum || start.size < minimum) return;
  report(
    planning,
    "error",
    "ORGRAIL3041",
    `${node.address} would have ${final.size} policies of type ${type}; AWS demands ${minimum}`,
    {
      span: [...start].map(spanOf).find((span) => span !== undefined),
      help: "attach another policy of the type in the same plan, or keep this one",
    },
  );
  for (const key of start) final.add(key);
}

/** Which policies must be detached first, for the target holds as many as AWS allows. */
function tooMany(
  { planning, policies }: Drafting,
  { node, type, start, final }: AttachmentSet,
  added: readonly string[],
  gone: readonly string[],
): string[] {
  if (!isOrganizationPolicyType(type) || added.length === 0) return [];
  const { maximumPerTarget } = organizationsQuotas.policyTypes[type];
  const names = (keys: Iterable<string>): string =>
    [...keys].map((key) => policies.byKey.get(key)?.name ?? key).join(", ");
  if (final.size > maximumPerTarget) {
    report(
      planning,
      "error",
      "ORGRAIL3044",
      `${node.address} would have ${final.size} policies of type ${type}; AWS allows ${maximumPerTarget}`,
      {
        detail: `to be attached: ${names(added)}; there already: ${names([...final].filter((key) => start.has(key)))}`,
        help: "detach one that is not needed, join two policies, or attach to a unit above or below",
      },
    );
    return [];
  }
  const over = start.size + added.length - maximumPerTarget;
  if (over <= 0) return [];
  const order = [...gone].sort((a, b) => weight(policies, a) - weight(policies, b));
  const early = order.slice(0, over);
  report(
    planning,
    "warning",
    "ORGRAIL3043",
    `${names(early)} must be detached from ${node.address} before ${names(added)} can be attached: it holds ${start.size} of ${maximumPerTarget} policies of type ${type}`,
    { help: "for that moment the target is without both; to avoid it, rewrite a policy in place" },
  );
  return early;
}

function weight(policies: PolicyNodes, key: string): number {
  const policy = policies.byKey.get(key);
  return policy !== undefined && isGuard(policy.type, policy.live?.content) ? 1 : 0;
}
