import { ouPathKey } from "../../core/desired.ts";
import type { ForeignThing } from "../../core/plan.ts";
import type {
  BlockIssue,
  OrganizationFacts,
  OrganizationNeeds,
  ServiceChange,
  ServicePlan,
  ServicePlanInput,
  ServicePlanner,
} from "../../core/service-plan.ts";
import { cloudformationFacts } from "../../data/cloudformation.ts";
import { thingAddress } from "../kit/address.ts";
import { accountNamed } from "../kit/scope.ts";
import {
  organizationsAccessAddress,
  planOrganizationsAccess,
} from "../kit/stack-sets/organizations-access.ts";
import {
  planStackSet,
  planStackSetRemoval,
  stackSetAddress,
} from "../kit/stack-sets/plan-stack-set.ts";
import { placeOf } from "../kit/stack-sets/stack-set-plan.ts";
import type { StackSetState } from "../kit/stack-sets/stack-set-state.ts";
import {
  type StackSetSite,
  stackSetInput,
  type WantedStackSet,
} from "../kit/stack-sets/wanted-stack-set.ts";
import { preferencesInput } from "./preferences.ts";
import type { CloudformationBlock, StackSetBlock } from "./schema.ts";
import type { CloudformationState } from "./state.ts";

type Input = ServicePlanInput<CloudformationBlock, CloudformationState>;

const { principal } = cloudformationFacts;
const dayMs = 24 * 60 * 60 * 1000;

/** Plans CloudFormation StackSets. */
export const cloudformationPlanner: ServicePlanner<CloudformationBlock, CloudformationState> = {
  id: "cloudformation",
  title: "CloudFormation StackSets",
  needs: (block): OrganizationNeeds =>
    block.remove === true
      ? { trustedAccess: [], delegatedAdministrators: [], policyTypes: [] }
      : {
          trustedAccess: [principal],
          delegatedAdministrators:
            block.delegatedAdministrator === undefined
              ? []
              : [{ servicePrincipal: principal, account: block.delegatedAdministrator }],
          policyTypes: [],
        },
  plan: planCloudformation,
};

function planCloudformation({ block, state, facts, files }: Input): ServicePlan {
  const changes: ServiceChange[] = [];
  const compared: string[] = [];
  const foreign: ForeignThing[] = [];
  const issues: BlockIssue[] = [];
  if (state === undefined) return { changes, compared, foreign, issues };
  const site = siteOf(block, facts);
  const ids: Record<string, string> = {};
  if (block.remove !== true) {
    changes.push(...planOrganizationsAccess(state.access, site.region));
    compared.push(organizationsAccessAddress);
  }
  for (const [index, stackSet] of block.stackSets.entries()) {
    const path = ["stackSets", index];
    const found = state.stackSets[stackSet.name];
    if (found === undefined) continue; // A gap says why it was not read.
    const address = stackSetAddress(stackSet.name, site);
    if (found !== null) ids[address] = found.arn;
    if (block.remove === true || stackSet.remove === true) {
      compared.push(address);
      if (found !== null) changes.push(...removal(stackSet, found, site, path));
      continue;
    }
    const wanted = wantedOf(stackSet, facts, files);
    if (wanted === undefined) continue;
    const planned = planStackSet({ wanted, found, site, facts, path, needs: needsOf(block), ids });
    changes.push(...planned.changes, ...driftChanges(stackSet, found, state, site, path));
    compared.push(...planned.compared);
    foreign.push(...planned.foreign);
    issues.push(...planned.issues);
  }
  for (const { name, id, model } of state.others) {
    foreign.push({
      address: thingAddress("cloudformation", "stackSet", site, name),
      id,
      note: model,
    });
  }
  return { changes, compared, foreign, issues, ids };
}

/** From where the block's stack sets are worked on. */
function siteOf(block: CloudformationBlock, facts: OrganizationFacts): StackSetSite {
  const region = block.region ?? facts.homeRegion;
  const administrator = accountNamed(facts, block.delegatedAdministrator);
  return block.callAs === "delegatedAdministrator" && administrator !== undefined
    ? { callAs: "DELEGATED_ADMIN", workIn: administrator.id, region }
    : { callAs: "SELF", region };
}

function needsOf({ delegatedAdministrator: name }: CloudformationBlock): readonly string[] {
  return [
    organizationsAccessAddress,
    `trustedAccess:${principal}`,
    ...(name === undefined
      ? []
      : [`delegatedAdministrator:${principal}/${name}`, `account:${name}`]),
  ];
}

/** A stack set of the block as it shall be; `undefined` when its template was not read. */
function wantedOf(
  block: StackSetBlock,
  facts: OrganizationFacts,
  files: Input["files"],
): WantedStackSet | undefined {
  const template = files[block.template];
  if (template === undefined) return undefined;
  const units = facts.units.filter(({ path }) =>
    block.organizationalUnits.includes(ouPathKey(path)),
  );
  const only = block.accounts === undefined ? undefined : new Set(block.accounts);
  const excluded = new Set(block.excludeAccounts ?? []);
  return {
    name: block.name,
    description: block.description ?? "",
    template,
    parameters: block.parameters ?? {},
    capabilities: block.capabilities ?? [],
    tags: block.tags ?? {},
    autoDeployment: { ...block.autoDeployment, dependsOn: [] },
    managedExecution: block.managedExecution,
    units,
    regions: block.regions ?? [facts.homeRegion],
    includes: ({ name }) => (only?.has(name) ?? true) && !excluded.has(name),
    preferences: preferencesInput(block.operationPreferences),
  };
}

function removal(
  stackSet: StackSetBlock,
  found: StackSetState,
  site: StackSetSite,
  path: readonly (string | number)[],
): readonly ServiceChange[] {
  return planStackSetRemoval({
    found,
    site,
    retainStacks: stackSet.retainStacks,
    preferences: preferencesInput(stackSet.operationPreferences),
    path,
  });
}

/** Looks for drift when the last look is older than the block allows. */
function driftChanges(
  { name, driftDetection, operationPreferences }: StackSetBlock,
  found: StackSetState | null,
  { readAt }: CloudformationState,
  site: StackSetSite,
  path: readonly (string | number)[],
): readonly ServiceChange[] {
  if (driftDetection === undefined) return [];
  const checkedAt = found?.drift.checkedAt;
  const age = Date.parse(readAt) - Date.parse(checkedAt ?? "1970-01-01");
  if (age < driftDetection.everyDays * dayMs) return [];
  return [
    {
      ...placeOf(site),
      operation: "DetectStackSetDrift",
      address: `${stackSetAddress(name, site)}/drift`,
      action: "update",
      input: {
        ...stackSetInput(name, site),
        OperationPreferences: preferencesInput(operationPreferences),
      },
      before: { since: checkedAt ?? "" },
      after: { checked: true },
      reason:
        checkedAt === undefined
          ? "drift was never looked for"
          : `drift was last looked for on ${checkedAt.slice(0, 10)}`,
      path: [...path, "driftDetection"],
      needs: [stackSetAddress(name, site), `${stackSetAddress(name, site)}/stacks`],
    },
  ];
}
