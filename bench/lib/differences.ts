import type { Desired } from "../../src/core/desired.ts";
import type { Span } from "../../src/core/diagnostic.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { mirrorOf } from "../../test/plan/builders.ts";

/** A desired state, and how many writes lead there: one for each thing that differs. */
export interface Wish {
  readonly desired: Desired;
  readonly differences: number;
}

/** How many of each kind. */
const count = { moves: 60, contents: 40, attachments: 60, tags: 60, units: 20 };

/**
 * Says of an organization what is there, but for a known number of things: accounts in other units,
 * policies with another content, policies attached to more accounts, other tags, new units.
 */
export function withDifferences(snapshot: Snapshot): Wish {
  const mirror = mirrorOf(snapshot);
  const { span } = mirror.organization;
  const members = mirror.accounts.filter(({ parent }) => parent.length > 0);
  const paths = mirror.organizationalUnits.map(({ path }) => path);
  const step = Math.floor(members.length / (count.moves + count.attachments + count.tags));
  const chosen = members.filter((_, i) => i % step === 0);
  const moving = new Set(chosen.slice(0, count.moves));
  const guarded = chosen.slice(count.moves, count.moves + count.attachments);
  const tagged = new Set(chosen.slice(count.moves + count.attachments).slice(0, count.tags));
  const accounts = mirror.accounts.map((account, i) => {
    if (tagged.has(account)) return { ...account, tags: { costCenter: `${i}` } };
    if (!moving.has(account)) return account;
    const others = paths.filter((path) => path.join("/") !== account.parent.join("/"));
    return { ...account, parent: others[(i * 31 + 5) % others.length] ?? [] };
  });
  const changed = new Set(
    mirror.policies
      .filter(({ type }) => type === "SERVICE_CONTROL_POLICY")
      .slice(0, count.contents),
  );
  const policies = mirror.policies.map((policy) =>
    changed.has(policy)
      ? {
          ...policy,
          content: policy.content?.replace("cloudtrail:DeleteTrail", "cloudtrail:*") ?? "",
        }
      : policy,
  );
  const attach = mirror.policies.filter(({ type }) => type === "TAG_POLICY");
  const there = new Set(
    mirror.attachments.map(({ policy, target }) => JSON.stringify([policy.name, target])),
  );
  const attachments = guarded.flatMap(({ name }, i) => {
    const target = { kind: "account" as const, name };
    const policy = attach
      .slice(i % attach.length)
      .find((one) => !there.has(JSON.stringify([one.name, target])));
    return policy === undefined ? [] : [{ policy, target, present: true, span }];
  });
  return {
    desired: {
      ...mirror,
      accounts,
      policies,
      attachments: [
        ...mirror.attachments,
        ...attachments.map((one) => ({
          ...one,
          policy: { name: one.policy.name, type: one.policy.type },
        })),
      ],
      organizationalUnits: [...mirror.organizationalUnits, ...newUnits(span)],
    },
    differences: moving.size + changed.size + attachments.length + tagged.size + count.units,
  };
}

function newUnits(span: Span): Desired["organizationalUnits"] {
  return Array.from({ length: count.units }, (_, i) => ({
    path: [`New ${i}`],
    ignore: false,
    remove: false,
    span,
  }));
}
