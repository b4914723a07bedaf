import { canonicalJson, type Json, type JsonObject } from "../../../core/json.ts";
import type { Address } from "../../../core/plan.ts";
import type { BlockIssue, ServiceChange } from "../../../core/service-plan.ts";
import { thingAddress } from "../address.ts";
import { planStacks } from "./plan-stacks.ts";
import { placeOf, type StackSetPlan, type StackSetPlanInput } from "./stack-set-plan.ts";
import type { StackSetState } from "./stack-set-state.ts";
import {
  definitionInput,
  type StackSetSite,
  stackSetInput,
  wantedDefinition,
} from "./wanted-stack-set.ts";

/** Address of a stack set. */
export function stackSetAddress(name: string, { region }: StackSetSite): Address {
  return thingAddress("cloudformation", "stackSet", { region }, name);
}

/** Plans a stack set: its definition, and its stacks. */
export function planStackSet(input: StackSetPlanInput): StackSetPlan {
  const { wanted, found, site, path, needs, ids } = input;
  const address = stackSetAddress(wanted.name, site);
  if (found !== null && found.permissionModel !== "SERVICE_MANAGED") {
    return {
      changes: [],
      compared: [address],
      foreign: [],
      issues: [
        {
          severity: "error",
          code: "ORGRAIL3110",
          path,
          summary: `there is a stack set \`${wanted.name}\` with self-managed permissions, which AWS cannot change into a service-managed one`,
          help: "give another name, or delete that stack set by hand",
        },
      ],
    };
  }
  const after = wantedDefinition(wanted);
  const before = found === null ? null : (found.definition as unknown as JsonObject);
  const isSame = before !== null && canonicalJson(before) === canonicalJson(resolved(after, ids));
  const definition: ServiceChange = {
    ...placeOf(site),
    operation: found === null ? "CreateStackSet" : "UpdateStackSet",
    address,
    action: found === null ? "create" : "update",
    input: {
      ...stackSetInput(wanted.name, site),
      ...definitionInput(wanted),
      ...(found === null ? {} : { OperationPreferences: wanted.preferences }),
    },
    before,
    after,
    reason: found === null ? "the file wants this stack set" : "the file has it otherwise",
    path,
    needs: [...needs, ...wanted.autoDeployment.dependsOn],
  };
  const stacks = planStacks({ ...input, address, isUpdated: found !== null && !isSame });
  return {
    changes: [...(isSame ? [] : [definition]), ...stacks.changes],
    compared: [address, ...stacks.compared],
    foreign: stacks.foreign,
    issues: [...stacks.issues, ...driftIssues(input)],
  };
}

/** The changes that take a stack set down: its stacks, then itself. */
export function planStackSetRemoval(input: {
  readonly found: StackSetState;
  readonly site: StackSetSite;
  readonly retainStacks: boolean;
  readonly preferences: JsonObject;
  readonly path: readonly (string | number)[];
  readonly needs?: readonly Address[];
}): readonly ServiceChange[] {
  const { found, site, retainStacks, preferences, path, needs = [] } = input;
  const address = stackSetAddress(found.name, site);
  const regions = Object.keys(found.instances);
  const stacks = Object.values(found.instances).reduce(
    (sum, { current, broken, working }) => sum + current.length + broken.length + working.length,
    0,
  );
  const gone: ServiceChange = {
    ...placeOf(site),
    operation: "DeleteStackSet",
    address,
    action: "delete",
    input: stackSetInput(found.name, site),
    before: found.definition as unknown as JsonObject,
    after: null,
    reason: "the file says `remove: true`",
    risk: "protection",
    path,
    phase: "undo",
    needs: [`${address}/stacks`, ...needs],
  };
  if (stacks === 0) return [gone];
  const units = new Set([...Object.keys(found.targets), ...found.units]);
  return [
    {
      ...placeOf(site),
      operation: "DeleteStackInstances",
      address: `${address}/stacks`,
      action: "delete",
      input: {
        ...stackSetInput(found.name, site),
        DeploymentTargets: { OrganizationalUnitIds: [...units] },
        Regions: regions,
        RetainStacks: retainStacks,
        OperationPreferences: preferences,
      },
      before: { stacks },
      after: { stacks: 0 },
      reason: retainStacks
        ? "the file says `remove: true`; the stacks stay in the accounts"
        : "the file says `remove: true`",
      risk: retainStacks ? "protection" : "destructive",
      path,
      phase: "undo",
      needs,
    },
    gone,
  ];
}

function driftIssues({ found, wanted, path }: StackSetPlanInput): readonly BlockIssue[] {
  const drifted = found?.drift.drifted ?? [];
  if (drifted.length === 0) return [];
  const named = drifted.slice(0, 5).map(({ account, region }) => `${account} in ${region}`);
  return [
    {
      severity: "warning",
      code: "ORGRAIL3111",
      path,
      summary: `${drifted.length} stacks of \`${wanted.name}\` have drifted: ${named.join(", ")}${drifted.length > 5 ? ", ..." : ""}`,
      help: "somebody changed what the template made; CloudFormation does not change it back by itself",
    },
  ];
}

/** References replaced by the ids that are known. */
function resolved(value: Json, ids: Readonly<Record<Address, string>>): Json {
  if (Array.isArray(value)) return value.map((item) => resolved(item, ids));
  if (typeof value !== "object" || value === null) return value;
  const { $ref: address } = value as JsonObject;
  if (typeof address === "string") return ids[address] ?? value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, resolved(inner, ids)]),
  );
}
