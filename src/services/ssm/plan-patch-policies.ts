import { ouPathKey } from "../../core/desired.ts";
import { canonicalJson, type Json, type JsonObject } from "../../core/json.ts";
import type { PlannedAccount, ServiceChange } from "../../core/service-plan.ts";
import { cloudformationFacts } from "../../data/cloudformation.ts";
import { stackNameOf } from "./patch-policy-facet.ts";
import type { PatchPolicyBlock } from "./patch-policy-schema.ts";
import { type PatchPolicyIds, wantedPatchPolicy } from "./patch-policy-template.ts";
import { addressOf, isBelow, type Planning, placeOf } from "./planning.ts";

/** Plans the patch policies of the file: a stack each, in the management account's home Region. */
export function planPatchPolicies(planning: Planning): void {
  const { input, state, compared } = planning;
  const { facts, block } = input;
  const owner = facts.accounts.find(({ isManagement }) => isManagement);
  if (owner === undefined) return;
  for (const [name, policy] of Object.entries(block.patchPolicies ?? {})) {
    const address = addressOf("patchPolicy", owner, facts.homeRegion, name);
    const now = state.patchPolicies?.stacks[name];
    if (now === undefined) continue; // A gap says why it was not read.
    compared.push(address);
    const one: One = { planning, owner, address, name, policy, now };
    if (block.remove === true || policy.remove === true) planRemoval(one);
    else planOne(one);
  }
}

interface One {
  readonly planning: Planning;
  readonly owner: PlannedAccount;
  readonly address: string;
  readonly name: string;
  readonly policy: PatchPolicyBlock;
  readonly now: JsonObject | null;
}

type Draft = Pick<ServiceChange, "operation" | "action" | "input" | "before" | "after" | "reason"> &
  Partial<Pick<ServiceChange, "needs" | "risk" | "phase">> & { readonly part?: string };

function add({ planning, owner, address, name }: One, { part, needs = [], ...draft }: Draft): void {
  const { needs: always = [], ...place } = placeOf(owner, planning.input.facts.homeRegion);
  planning.changes.push({
    ...place,
    ...draft,
    address: part === undefined ? address : `${address}/${part}`,
    needs: [...always, ...needs],
    path: ["patchPolicies", name],
  });
}

function planOne(one: One): void {
  const { policy, now, name, address } = one;
  const ids = idsOf(one);
  if (ids === undefined) return;
  warnOfExcluded(one);
  const { template, parameters, facet } = wantedPatchPolicy(name, policy, ids);
  if (now !== null && canonicalJson(now) === canonicalJson(facet)) return;
  const input = {
    StackName: stackNameOf(name),
    TemplateBody: template,
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
  };
  const isFailed = now?.status !== undefined;
  const needs = [`trustedAccess:${cloudformationFacts.principal}`, ...baselineNeeds(one)];
  if (isFailed) {
    const reason = "its stack was never made, and has to go before it can be";
    add(one, { ...deletion(one, reason), part: "failed" });
    needs.push(`${address}/failed`);
  }
  const isNew = now === null || isFailed;
  add(one, {
    operation: isNew ? "CreateStack" : "UpdateStack",
    action: isNew ? "create" : "update",
    input: isNew ? { ...input, Tags: [{ Key: "managed-by", Value: "orgrail" }] } : input,
    before: isNew ? null : now,
    after: facet,
    reason: isNew ? "the file names this patch policy" : "the file says otherwise",
    needs,
  });
}

function planRemoval(one: One): void {
  if (one.now === null) return;
  add(one, { ...deletion(one, "the file says `remove: true`"), risk: "protection", phase: "undo" });
}

function deletion({ name, now }: One, reason: string): Draft {
  return {
    operation: "DeleteStack",
    action: "delete",
    input: { StackName: stackNameOf(name) },
    before: now,
    after: null,
    reason,
  };
}

/** The ids that the policy rests on; `undefined` when some are not known, and why is said. */
function idsOf({ planning, owner, policy, name }: One): PatchPolicyIds | undefined {
  const { input, state, issues, regions } = planning;
  const { facts } = input;
  const aws = state.patchPolicies?.awsBaselines;
  if (aws === undefined) return undefined; // A gap says why they were not read.
  const baselines: Record<string, { id: Json; name: string; isAws: boolean }> = {};
  for (const [system, id] of Object.entries(aws)) {
    baselines[system] = { id, name: `AWS's own for ${system}`, isAws: true };
  }
  const own = state.patching[facts.managementAccountId]?.[facts.homeRegion]?.baselines;
  for (const [system, baseline] of Object.entries(policy.baselines ?? {})) {
    const found = own?.find((it) => it.name === baseline && it.operatingSystem === system);
    const address = addressOf("patchBaseline", owner, facts.homeRegion, baseline);
    const isPlanned = planning.compared.includes(address);
    if (found === undefined && !isPlanned) {
      issues.push({
        severity: "error",
        code: "ORGRAIL3195",
        path: ["patchPolicies", name, "baselines", system],
        summary: `the management account has no patch baseline \`${baseline}\` in ${facts.homeRegion}, from where patch policies are made`,
        help: `add \`${owner.name}\` to the accounts of \`patchBaselines.${baseline}\`, and ${facts.homeRegion} to its Regions`,
      });
      return undefined;
    }
    baselines[system] = { id: found?.id ?? { $ref: address }, name: baseline, isAws: false };
  }
  const paths = policy.organizationalUnits ?? ["Root"];
  const isWhole = paths.includes("Root");
  const units = facts.units.filter(({ path }) =>
    isWhole ? path.length === 0 : paths.includes(ouPathKey(path)),
  );
  return {
    baselines,
    units: units.map(({ id }) => id),
    regions: policy.regions ?? regions,
    homeRegion: facts.homeRegion,
  };
}

function baselineNeeds({ planning, owner, policy }: One): readonly string[] {
  return Object.values(policy.baselines ?? {}).map((baseline) =>
    addressOf("patchBaseline", owner, planning.input.facts.homeRegion, baseline),
  );
}

/** Quick Setup knows whole units only: who is left out of the block is patched all the same. */
function warnOfExcluded({ planning, policy, name }: One): void {
  const { input, accounts, issues } = planning;
  const isLeftOut = (account: PlannedAccount): boolean =>
    account.state === "ACTIVE" && !account.isManagement && !accounts.includes(account);
  const units = policy.organizationalUnits ?? ["Root"];
  const reached = input.facts.accounts.filter(
    (account) => isLeftOut(account) && isBelow(account, units),
  );
  if (reached.length === 0) return;
  const some = reached.slice(0, 3).map((account) => `\`${account.name}\``);
  const more = reached.length > 3 ? ` and ${reached.length - 3} others` : "";
  issues.push({
    severity: "warning",
    code: "ORGRAIL3196",
    path: ["patchPolicies", name],
    summary: `the patch policy \`${name}\` holds for ${some.join(", ")}${more} too, which the block leaves out`,
    help: "Quick Setup reaches whole organizational units: name units without them",
  });
}
