import type { Json, JsonObject } from "../../core/json.ts";
import { isJsonObject } from "../../core/json.ts";
import { systemsManagerFacts } from "../../data/systems-manager.ts";
import { parseTemplate } from "../kit/template/parse-template.ts";
import { resolveValue, TemplateError } from "../kit/template/resolve-template.ts";

const { quickSetup } = systemsManagerFacts;

/** A stack as it was read, in what matters of it. */
export interface ReadStack {
  readonly status: string;
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Name of the stack of a patch policy. */
export function stackNameOf(policy: string): string {
  return `${quickSetup.stackPrefix}${policy}`;
}

/**
 * What a stack says of its patch policy: members of Quick Setup's parameters, with the ids of patch
 * baselines by operating system and of units as lists. A stack that says something else, or whose
 * creation failed, is shown as what it is. Never throws.
 */
export function patchPolicyFacet(stack: ReadStack): JsonObject {
  if (isFailed(stack)) return { status: stack.status };
  const parsed = parseTemplate(stack.template);
  if (!parsed.ok) return { template: "unreadable" };
  const resource = parsed.template.resources[quickSetup.logicalId];
  if (resource?.type !== quickSetup.resourceType) return { template: "of something else" };
  const scope = {
    account: "",
    region: "",
    partition: "aws",
    stackId: "",
    stackName: "",
    parameters: stack.parameters,
    resources: new Map(),
  };
  try {
    return facetOf(resolveValue(parsed.template, resource.properties, scope));
  } catch (error) {
    if (error instanceof TemplateError) return { template: "unreadable" };
    throw error;
  }
}

/** Whether a stack has never been made, which only its deletion gets rid of. */
export function isFailed({ status }: Pick<ReadStack, "status">): boolean {
  return ["CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED"].includes(
    status,
  );
}

function facetOf(properties: Json): JsonObject {
  const object = isJsonObject(properties) ? properties : {};
  const definitions = Array.isArray(object.ConfigurationDefinitions)
    ? (object.ConfigurationDefinitions as readonly Json[])
    : [];
  const [definition] = definitions;
  const parameters =
    isJsonObject(definition) && isJsonObject(definition.Parameters) ? definition.Parameters : {};
  const { SelectedPatchBaselines, TargetOrganizationalUnits, ...rest } = parameters;
  return {
    description: object.Description ?? "",
    ...rest,
    baselines: baselineIds(SelectedPatchBaselines),
    organizationalUnits: String(TargetOrganizationalUnits ?? "")
      .split(",")
      .filter((id) => id !== ""),
  };
}

function baselineIds(text: Json | undefined): JsonObject {
  try {
    const read: Json = JSON.parse(String(text ?? "{}"));
    if (!isJsonObject(read)) return {};
    return Object.fromEntries(
      Object.entries(read).map(([system, one]) => [
        system,
        isJsonObject(one) ? (one.value ?? "") : "",
      ]),
    );
  } catch {
    return {};
  }
}
