import type { DesiredPolicy } from "../../core/desired.ts";
import type { PolicyState } from "../../core/snapshot.ts";
import { policyAddress } from "../address.ts";
import { entry } from "../live.ts";
import type { Planning } from "../planning.ts";
import { freeAddress, report } from "../planning.ts";
import type { PolicyNode, PolicyNodes } from "../policies.ts";
import { policyKey, policyOwner } from "../policies.ts";
import { unreadOf } from "../unread.ts";

/** Finds for every policy of the file the one that it is in AWS: by id, by name, by former name. */
export function matchPolicies(planning: Planning): PolicyNodes {
  const { desired, live } = planning;
  const unread = unreadOf(planning.snapshot);
  const mode = desired.ownership.policies;
  const byName = new Map<string, PolicyState[]>();
  for (const policy of live.state.policies ?? []) {
    entry(byName, `${policy.type}/${policy.name}`, (): PolicyState[] => []).push(policy);
  }
  const claimed = new Map<string, DesiredPolicy>();
  for (const policy of desired.policies) {
    if (policy.id !== undefined && live.policyById.has(policy.id)) claimed.set(policy.id, policy);
  }
  const nodes: PolicyNode[] = [];
  const unreadTypes = new Set<string>();
  for (const policy of desired.policies) {
    const address = policyAddress(policy.type, policy.name);
    if (unread.policies(policy.type)) {
      unreadTypes.add(policy.type);
      continue;
    }
    const named = (name: string): PolicyState | undefined =>
      byName.get(`${policy.type}/${name}`)?.find(({ id }) => !claimed.has(id));
    const found =
      policy.id !== undefined
        ? live.policyById.get(policy.id)
        : (named(policy.name) ??
          (policy.formerName === undefined ? undefined : named(policy.formerName)));
    if (found !== undefined) claimed.set(found.id, policy);
    if (!isUsable(planning, policy, found, mode === "ignore")) continue;
    const owner = found === undefined ? policyOwner(policy) : policyOwner(found);
    const removes = policy.remove && mode !== "ignore";
    planning.compared.add(address);
    if (removes && found === undefined) continue;
    if (found !== undefined) planning.ids.set(address, found.id);
    nodes.push({
      address,
      id: found?.id,
      type: policy.type,
      name: policy.name,
      ...(found === undefined ? {} : { live: found }),
      desired: policy,
      fate: removes ? "remove" : found === undefined ? "create" : "keep",
      ...(owner === undefined ? {} : { owner }),
    });
  }
  for (const policy of live.state.policies ?? []) {
    if (claimed.has(policy.id)) continue;
    const owner = policyOwner(policy);
    const removes = mode === "exclusive" && owner === undefined;
    const address = freeAddress(planning, policyAddress(policy.type, policy.name), policy.id);
    nodes.push({
      address,
      id: policy.id,
      type: policy.type,
      name: policy.name,
      live: policy,
      fate: removes ? "remove" : "keep",
      ...(owner === undefined ? {} : { owner }),
    });
    if (!removes) {
      planning.foreign.push({
        address,
        id: policy.id,
        ...(owner === undefined ? {} : { note: `owned by ${owner}` }),
      });
    }
  }
  for (const type of unreadTypes) {
    report(
      planning,
      "warning",
      "ORGRAIL3005",
      `policies of type ${type} were not read; nothing that rests on them is planned`,
      { help: "see the gaps: allow the denied reads, then plan again" },
    );
  }
  return {
    all: nodes,
    byKey: new Map(nodes.map((node) => [policyKey(node), node])),
    byAddress: new Map(nodes.map((node) => [node.address, node])),
  };
}

/** Whether the file may have this policy; reports why not. */
function isUsable(
  planning: Planning,
  policy: DesiredPolicy,
  found: PolicyState | undefined,
  ignored: boolean,
): boolean {
  const name = `policy \`${policy.name}\` (${policy.type})`;
  const where = { span: policy.span };
  if (policy.id !== undefined && (found === undefined || found.type !== policy.type)) {
    const summary =
      found === undefined
        ? `there is no policy \`${policy.id}\` in this organization`
        : `policy \`${policy.id}\` is of type ${found.type}, not ${policy.type}`;
    report(planning, "error", "ORGRAIL3030", summary, {
      ...where,
      help: "correct the id, or leave it out to match by name",
    });
    return false;
  }
  if (found === undefined && policy.content === undefined && !policy.remove) {
    report(
      planning,
      "error",
      "ORGRAIL3032",
      `${name} is not in AWS, and the file gives no content`,
      {
        ...where,
        help: "give its content, or correct the name",
      },
    );
    return false;
  }
  if (found === undefined && ignored && !policy.remove) {
    report(planning, "error", "ORGRAIL3032", `${name} is not in AWS, and policies are ignored`, {
      ...where,
      help: "create it, or set `ownership.policies: additive`",
    });
    return false;
  }
  const owner = policyOwner(found ?? policy);
  if (owner === undefined || (policy.content === undefined && !policy.remove)) return true;
  report(
    planning,
    "error",
    "ORGRAIL3031",
    `${name} belongs to ${owner} and is never ${policy.remove ? "removed" : "written"}`,
    {
      ...where,
      help: "give your own policy another name, or drop the content to refer to this one",
    },
  );
  return false;
}
