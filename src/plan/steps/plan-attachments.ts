import type { DesiredAttachment } from "../../core/desired.ts";
import { ouPathKey } from "../../core/desired.ts";
import { attachmentAddress, policyAddress } from "../address.ts";
import type { AttachmentSets } from "../attachment-sets.ts";
import { attachmentSets } from "../attachment-sets.ts";
import type { Planning } from "../planning.ts";
import { report } from "../planning.ts";
import type { PolicyNode, PolicyNodes } from "../policies.ts";
import { policyKey } from "../policies.ts";
import type { TargetNode, UnitTree } from "../tree.ts";
import { targetKey, unitAt } from "../tree.ts";
import { unreadOf } from "../unread.ts";
import type { AttachmentDrafts, Wishes } from "./draft-attachments.ts";
import { draftAttachments } from "./draft-attachments.ts";
import type { AccountNodes } from "./match-accounts.ts";
import type { PolicyTypes } from "./plan-policy-types.ts";

/** What is attached where in the end, and the changes that make it so. */
export interface Attachments {
  readonly sets: AttachmentSets;
  readonly drafts: AttachmentDrafts;
}

/**
 * Attaches and detaches policies: as the file says, to units that take the place of others what
 * those had, and away from everywhere what is to be deleted.
 */
export function planAttachments(
  planning: Planning,
  tree: UnitTree,
  accounts: AccountNodes,
  policies: PolicyNodes,
  types: PolicyTypes,
): Attachments {
  const sets = attachmentSets(planning, policies, types);
  const mode = planning.desired.ownership.attachments;
  const wishes: Wishes = new Map();
  const typesOff = new Map<string, DesiredAttachment>();
  if (mode !== "ignore") {
    for (const wish of planning.desired.attachments) {
      const policy = findPolicy(planning, policies, wish);
      const target = findTarget(planning, tree, accounts, wish);
      if (policy === undefined || target === undefined || target.ignored) continue;
      if (policy.fate === "remove") {
        if (wish.present) reportRemoved(planning, wish, policy);
        continue;
      }
      if (!types.isEnabled(policy.type)) {
        if (wish.present) typesOff.set(policy.type, wish);
        continue;
      }
      if (policy.live !== undefined && policy.live.targets === undefined) {
        reportUnread(planning, wish, policy);
        continue;
      }
      const address = attachmentAddress(policy.address, target.address);
      planning.compared.add(address);
      wishes.set(`${targetKey(target)}\0${policyKey(policy)}`, { wish, address });
      const { final } = sets.at(target, policy.type);
      if (wish.present) final.add(policyKey(policy));
      else final.delete(policyKey(policy));
    }
  }
  for (const [type, { span }] of typesOff) {
    report(
      planning,
      "error",
      "ORGRAIL3040",
      `policies of type ${type} are to be attached, but the type is not enabled`,
      { span, help: `enable it under \`organization.policyTypes\`` },
    );
  }
  const targets = new Map<string, TargetNode>([[tree.root.id ?? "", tree.root]]);
  for (const [id, unit] of tree.byLiveId) if (unit.fate !== "remove") targets.set(id, unit);
  for (const [id, account] of accounts.byId) targets.set(id, account);
  for (const unit of tree.units) {
    if (unit.fate !== "replace") continue;
    for (const type of planning.live.attached.get(unit.live?.id ?? "")?.keys() ?? []) {
      if (types.isEnabled(type)) sets.at(unit, type);
    }
  }
  for (const policy of policies.all) {
    sweep(planning, policy, targets, sets, wishes, types);
  }
  return { sets, drafts: draftAttachments(planning, sets, policies, types, wishes) };
}

/** Looks at where a policy is attached without the file saying so. */
function sweep(
  planning: Planning,
  policy: PolicyNode,
  targets: ReadonlyMap<string, TargetNode>,
  sets: AttachmentSets,
  wishes: Wishes,
  types: PolicyTypes,
): void {
  if (policy.owner === "AWS" || !types.isEnabled(policy.type)) return;
  const exclusive = planning.desired.ownership.attachments === "exclusive";
  for (const id of policy.live?.targets ?? []) {
    const target = targets.get(id);
    if (target === undefined) continue; // In a unit that is deleted.
    const key = policyKey(policy);
    if (wishes.has(`${targetKey(target)}\0${key}`)) continue;
    const goes = policy.fate === "remove" || (exclusive && policy.owner === undefined);
    if (goes && !target.ignored) {
      sets.at(target, policy.type).final.delete(key);
      continue;
    }
    const address = attachmentAddress(policy.address, target.address);
    planning.foreign.push({
      address,
      id: `${id}/${policy.id}`,
      ...(policy.owner === undefined ? {} : { note: `owned by ${policy.owner}` }),
    });
    if (policy.fate !== "remove") continue;
    report(
      planning,
      "error",
      "ORGRAIL3033",
      `policy \`${policy.name}\` cannot be removed: it is attached to ${target.address} (${id}), under an ignored organizational unit`,
      { span: policy.desired?.span, help: "detach it there first, or keep the policy" },
    );
  }
}

function findPolicy(
  planning: Planning,
  policies: PolicyNodes,
  wish: DesiredAttachment,
): PolicyNode | undefined {
  const { type, name } = wish.policy;
  const found = policies.byAddress.get(policyAddress(type, name));
  if (found !== undefined) return found;
  const declared = planning.desired.policies.some(
    (policy) => policy.type === type && policy.name === name,
  );
  // What the file declares and is not here was reported when policies were matched.
  if (!declared && wish.present && !unreadOf(planning.snapshot).policies(type)) {
    report(planning, "error", "ORGRAIL3032", `policy \`${name}\` (${type}) is not in AWS`, {
      span: wish.span,
      help: "declare it under `policies`, or correct the name",
    });
  }
  return undefined;
}

function findTarget(
  planning: Planning,
  tree: UnitTree,
  accounts: AccountNodes,
  { target, span }: DesiredAttachment,
): TargetNode | undefined {
  if (target.kind === "root") return tree.root;
  if (target.kind === "account") {
    const account = accounts.byName.get(target.name);
    // Otherwise it was reported, or is on its way, or is closed and gone.
    if (account === undefined && planning.desired.ownership.accounts === "ignore") {
      report(
        planning,
        "error",
        "ORGRAIL3011",
        `policies are attached to account ${target.name}, which is not in AWS, and accounts are ignored`,
        { span, help: "create it, or set `ownership.accounts: additive`" },
      );
    }
    return account;
  }
  const unit = unitAt(tree, target.path);
  if (unit !== undefined || tree.ignoredPaths.has(ouPathKey(target.path))) return unit;
  const declared = planning.desired.organizationalUnits.find(
    ({ path }) => ouPathKey(path) === ouPathKey(target.path),
  );
  if (declared?.remove !== true) {
    report(
      planning,
      "error",
      "ORGRAIL3011",
      `policies are attached to organizational unit \`${ouPathKey(target.path)}\`, which is neither in the file nor in AWS`,
      { span, help: "declare the unit, or correct the path" },
    );
  }
  return undefined;
}

function reportRemoved(planning: Planning, wish: DesiredAttachment, policy: PolicyNode): void {
  report(
    planning,
    "error",
    "ORGRAIL3033",
    `policy \`${policy.name}\` is to be removed and attached at the same time`,
    { span: wish.span, help: "drop the attachment, or keep the policy" },
  );
}

function reportUnread(planning: Planning, wish: DesiredAttachment, policy: PolicyNode): void {
  report(
    planning,
    "warning",
    "ORGRAIL3006",
    `what policy \`${policy.name}\` (${policy.id}) is attached to was not read; its attachments are not planned`,
    { span: wish.span, help: "see the gaps: allow the denied reads, then plan again" },
  );
}
