import type { Json, JsonObject } from "../../../core/json.ts";
import { canonicalJson } from "../../../core/json.ts";
import type { World } from "../../../sandbox/world.ts";
import type { Template } from "../../kit/template/parse-template.ts";
import {
  creationOrder,
  isWanted,
  parameterValues,
  resolveValue,
  TemplateError,
  type TemplateScope,
} from "../../kit/template/resolve-template.ts";
import type { ResourcePlace } from "./resources/provider.ts";
import { providerOf } from "./resources/table.ts";
import type { ResourceRecord, StackRecord } from "./state.ts";
import { keptTemplate } from "./templates.ts";

/** Where a stack is. */
export interface StackPlace {
  readonly world: World;
  readonly account: string;
  readonly region: string;
}

/** How carrying out a template went: the message of the first resource that failed. */
export type DeployOutcome = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/**
 * Makes the resources of a stack as its template and parameters have them now: what is new is
 * created, what is there is updated, what is no longer in the template is deleted. When a resource
 * fails, what was created is taken back, as a stack that rolls back does.
 */
export function deploy(place: StackPlace, stack: StackRecord): DeployOutcome {
  const template = keptTemplate(place.world, stack.template);
  const before = new Map(stack.resources);
  const made = new Map<string, ResourceRecord>();
  try {
    const parameters = parameterValues(template, stack.parameters);
    for (const logicalId of creationOrder(template)) {
      const scope = scopeOf(place, stack, parameters, made);
      const record = deployResource(place, stack, template, logicalId, scope, before);
      if (record !== undefined) made.set(logicalId, record);
    }
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    for (const [logicalId, { type, physicalId }] of [...made].reverse()) {
      if (before.has(logicalId)) continue;
      providerOf(type).delete(resourcePlace(place, stack, logicalId), physicalId);
    }
    return { ok: false, reason: error.message };
  }
  for (const [logicalId, { type, physicalId }] of [...before].reverse()) {
    const now = made.get(logicalId);
    if (now?.physicalId === physicalId || isRetained(template, logicalId)) continue;
    providerOf(type).delete(resourcePlace(place, stack, logicalId), physicalId);
  }
  stack.resources = made;
  return { ok: true };
}

/** Deletes a stack's resources, the last made first; those that the template retains stay. */
export function undeploy(place: StackPlace, stack: StackRecord): void {
  const template = keptTemplate(place.world, stack.template);
  for (const [logicalId, { type, physicalId }] of [...stack.resources].reverse()) {
    if (isRetained(template, logicalId)) continue;
    providerOf(type).delete(resourcePlace(place, stack, logicalId), physicalId);
  }
  stack.resources = new Map();
}

/** Logical ids of the resources that are gone or are not as the template wants them. */
export function driftedResources(place: StackPlace, stack: StackRecord): readonly string[] {
  const template = keptTemplate(place.world, stack.template);
  const parameters = parameterValues(template, stack.parameters);
  const scope = scopeOf(place, stack, parameters, stack.resources);
  return [...stack.resources]
    .filter(([logicalId, { type, physicalId }]) => {
      const resource = template.resources[logicalId];
      if (resource === undefined) return false;
      const expected = resolveValue(template, resource.properties, scope) as JsonObject;
      const actual = providerOf(type).read(
        resourcePlace(place, stack, logicalId),
        physicalId,
        expected,
      );
      return actual === undefined || canonicalJson(actual) !== canonicalJson(expected);
    })
    .map(([logicalId]) => logicalId);
}

function deployResource(
  place: StackPlace,
  stack: StackRecord,
  template: Template,
  logicalId: string,
  scope: TemplateScope,
  before: ReadonlyMap<string, ResourceRecord>,
): ResourceRecord | undefined {
  const resource = template.resources[logicalId];
  if (resource === undefined || !isWanted(template, resource, scope)) return undefined;
  const { type } = resource;
  const properties: Json = resolveValue(template, resource.properties, scope);
  const provider = providerOf(type);
  const where = resourcePlace(place, stack, logicalId);
  const old = before.get(logicalId);
  const updated =
    old?.type === type
      ? provider.update(where, old.physicalId, properties as JsonObject)
      : undefined;
  return { type, ...(updated ?? provider.create(where, properties as JsonObject)) };
}

/** What a stack's functions are resolved with. */
export function scopeOf(
  { account, region }: StackPlace,
  stack: StackRecord,
  parameters: Readonly<Record<string, string>>,
  resources: ReadonlyMap<string, ResourceRecord>,
): TemplateScope {
  return {
    account,
    region,
    partition: "aws",
    stackId: stack.id,
    stackName: stack.name,
    parameters,
    resources,
  };
}

function resourcePlace(place: StackPlace, stack: StackRecord, logicalId: string): ResourcePlace {
  const { world, account, region } = place;
  return { world, account, region, stackName: stack.name, logicalId };
}

function isRetained(template: Template, logicalId: string): boolean {
  return template.resources[logicalId]?.deletionPolicy === "Retain";
}
