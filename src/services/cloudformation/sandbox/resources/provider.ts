import type { AccountId, RegionName } from "../../../../core/identifiers.ts";
import type { Json, JsonObject } from "../../../../core/json.ts";
import type { World } from "../../../../sandbox/world.ts";
import { TemplateError } from "../../../kit/template/resolve-template.ts";

/** Where a resource is made. */
export interface ResourcePlace {
  readonly world: World;
  readonly account: AccountId;
  readonly region: RegionName;
  readonly stackName: string;
  readonly logicalId: string;
}

/** A resource that was made: what `Ref` and `Fn::GetAtt` give. */
export interface MadeResource {
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Makes the resources of one type in the sandbox's own state. Throws {@link TemplateError}. */
export interface ResourceProvider {
  readonly type: string;
  create(place: ResourcePlace, properties: JsonObject): MadeResource;
  /** `undefined`: the change needs a new resource in the old one's place. */
  update(
    place: ResourcePlace,
    physicalId: string,
    properties: JsonObject,
  ): MadeResource | undefined;
  delete(place: ResourcePlace, physicalId: string): void;
  /**
   * The properties as they are, of those that a template gives; `undefined` when the resource is
   * gone. Drift is where they differ.
   */
  read(place: ResourcePlace, physicalId: string, expected: JsonObject): JsonObject | undefined;
}

/** What a resource handler answers when it fails. */
export function handlerError(message: string, code: string): TemplateError {
  return new TemplateError(
    `Resource handler returned message: "${message}" (HandlerErrorCode: ${code})`,
  );
}

/** A property as text; `undefined` when it is absent. */
export function textOf(value: Json | undefined): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}

/** A property as a list. */
export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value)
    ? value
    : value === undefined || value === null
      ? []
      : [value as Json];
}

/** The name of a resource that the template gives none, as CloudFormation makes it. */
export function generatedName(place: ResourcePlace, maxLength: number): string {
  const suffix = place.world.newId(13, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
  const stem = `${place.stackName}-${place.logicalId}`.slice(0, maxLength - suffix.length - 1);
  return `${stem}-${suffix}`;
}
