import type { DesiredPolicy } from "../core/desired.ts";
import type { PolicyState } from "../core/snapshot.ts";
import { protectedPolicies } from "../data/protected-policies.ts";
import type { Addressed, Draft } from "./planning.ts";
import { grammarOf, statementMeanings } from "./policy-content.ts";

/** A policy as it will be. */
export interface PolicyNode extends Addressed {
  readonly type: string;
  readonly name: string;
  readonly live?: PolicyState;
  readonly desired?: DesiredPolicy;
  readonly fate: "keep" | "create" | "remove";
  /** Who owns it beside the user: `AWS`, or a service of AWS that makes and repairs it. */
  readonly owner?: string;
  /** The change that writes its new content. */
  update?: Draft;
  deletion?: Draft;
}

/** The policies of the organization as it will be. */
export interface PolicyNodes {
  readonly all: readonly PolicyNode[];
  /** By id, or by address when it does not exist yet. */
  readonly byKey: ReadonlyMap<string, PolicyNode>;
  readonly byAddress: ReadonlyMap<string, PolicyNode>;
}

/** Who owns a policy beside the user. */
export function policyOwner(policy: { name: string; awsManaged?: boolean }): string | undefined {
  if (policy.awsManaged) return "AWS";
  return protectedPolicies.namePrefixes.find(({ prefix }) => policy.name.startsWith(prefix))?.owner;
}

/** A name that no other policy has: the id in AWS, or the address of what is not there yet. */
export function policyKey(node: PolicyNode): string {
  return node.id ?? node.address;
}

/** Whether a policy's going would guard an account less. Unknown content is taken for a guard. */
export function isGuard(type: string, content: string | undefined): boolean {
  if (grammarOf(type) === "management" || content === undefined) return true;
  return statementMeanings(content, "Deny").size > 0;
}

/** Whether a change of content takes away a denial, or allows what was not allowed. */
export function narrowsProtection(type: string, before: string, after: string): boolean {
  if (grammarOf(type) === "management") return true;
  const denied = statementMeanings(after, "Deny");
  for (const statement of statementMeanings(before, "Deny")) {
    if (!denied.has(statement)) return true;
  }
  const allowed = statementMeanings(before, "Allow");
  for (const statement of statementMeanings(after, "Allow")) {
    if (!allowed.has(statement)) return true;
  }
  return false;
}
