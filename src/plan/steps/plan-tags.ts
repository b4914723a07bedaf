import type { Span } from "../../core/diagnostic.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Tags } from "../../core/snapshot.ts";
import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import type { Planning } from "../planning.ts";
import { draft, report } from "../planning.ts";
import type { PolicyNodes } from "../policies.ts";
import { isReservedTag, tagList } from "../tag-list.ts";
import type { UnitTree } from "../tree.ts";
import type { AccountNodes } from "./match-accounts.ts";

/** Something with tags that exists already. */
interface Tagged {
  readonly address: string;
  readonly id: string;
  readonly live: Tags | undefined;
  readonly wanted: Tags | undefined;
  readonly span?: Span | undefined;
  readonly account?: string;
}

/**
 * Sets the tags that the file gives, and where it owns tags removes the others. What is yet to be
 * made gets its tags as it is made. A thing of which the file gives no tags is left alone.
 */
export function planTags(
  planning: Planning,
  tree: UnitTree,
  accounts: AccountNodes,
  policies: PolicyNodes,
): void {
  const { desired, live } = planning;
  if (desired.ownership.tags === "ignore") return;
  const { root, resourcePolicy } = live.state;
  planThing(planning, {
    address: "root",
    id: root.id,
    live: root.tags,
    wanted: desired.rootTags,
  });
  for (const { address, id, live: unit, desired: wanted, ignored, fate } of tree.units) {
    if (id === undefined || unit === undefined || ignored || fate !== "keep") continue;
    planThing(planning, { address, id, live: unit.tags, wanted: wanted?.tags, span: wanted?.span });
  }
  for (const { address, id, live: account, desired: wanted, ignored } of accounts.all) {
    if (id === undefined || account?.state !== "ACTIVE" || ignored) continue;
    if (desired.ownership.accounts === "ignore" || wanted?.close) continue;
    planThing(planning, {
      address,
      id,
      live: account.tags,
      wanted: wanted?.tags,
      span: wanted?.span,
      account: id,
    });
  }
  for (const { address, id, live: policy, desired: wanted, fate, owner } of policies.all) {
    if (id === undefined || policy === undefined || fate !== "keep" || owner !== undefined)
      continue;
    if (desired.ownership.policies === "ignore") continue;
    planThing(planning, {
      address,
      id,
      live: policy.tags,
      wanted: wanted?.tags,
      span: wanted?.span,
    });
  }
  if (resourcePolicy && desired.resourcePolicy) {
    planThing(planning, {
      address: "resourcePolicy",
      id: resourcePolicy.id,
      live: resourcePolicy.tags,
      wanted: desired.resourcePolicy.tags,
      span: desired.resourcePolicy.span,
    });
  }
}

function planThing(planning: Planning, thing: Tagged): void {
  const { address, id, live, wanted, span, account } = thing;
  if (wanted === undefined) return;
  if (live === undefined) {
    report(
      planning,
      "warning",
      "ORGRAIL3008",
      `the tags of ${address} (${id}) were not read; they are not planned`,
      { span, help: "see the gaps: allow the denied reads, then plan again" },
    );
    return;
  }
  const exclusive = planning.desired.ownership.tags === "exclusive";
  const set = Object.keys(wanted).filter((key) => live[key] !== wanted[key] && !isReservedTag(key));
  const gone = exclusive
    ? Object.keys(live).filter((key) => wanted[key] === undefined && !isReservedTag(key))
    : [];
  const shared = {
    address,
    action: "update" as const,
    rank: "describe" as const,
    span,
    account,
  };
  if (set.length > 0) {
    const total = new Set([...Object.keys(live), ...set]).size - gone.length;
    checkNumber(planning, thing, total);
    draft(planning, {
      ...shared,
      operation: "TagResource",
      input: {
        ResourceId: id,
        ...tagList(Object.fromEntries(set.map((key) => [key, wanted[key] ?? ""]))),
      },
      before: facet(live, set),
      after: facet(wanted, set),
      reason: set.length === 1 ? "the file gives this tag" : "the file gives these tags",
    });
  }
  if (gone.length > 0) {
    draft(planning, {
      ...shared,
      operation: "UntagResource",
      input: { ResourceId: id, TagKeys: [...gone].sort() },
      before: facet(live, gone),
      after: facet({}, gone),
      reason: "the file owns all tags and does not give these",
    });
  }
}

function facet(tags: Tags, keys: readonly string[]): JsonObject {
  const sorted = [...keys].sort();
  return { tags: Object.fromEntries(sorted.map((key) => [key, tags[key] ?? null])) };
}

function checkNumber(planning: Planning, { address, span }: Tagged, total: number): void {
  if (total <= organizationsQuotas.tagsPerResource) return;
  report(
    planning,
    "error",
    "ORGRAIL3048",
    `${address} would have ${total} tags; AWS allows ${organizationsQuotas.tagsPerResource}`,
    { span, help: "give fewer tags" },
  );
}
