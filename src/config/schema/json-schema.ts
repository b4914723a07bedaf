// biome-ignore-all lint/suspicious/noTemplateCurlyInString: orgrail's substitution is meant
import { z } from "zod";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import { configSchema, configSchemaWith } from "./config-schema.ts";

const substitution: JsonObject = {
  type: "string",
  pattern: "\\$\\{\\{",
  description: "A substitution such as `${{ name }}`.",
};
const reference: JsonObject = { $ref: "#/$defs/substitution" };

/**
 * The JSON Schema (draft 2020-12) of `orgrail.yaml` as it is written, for editors: as the zod
 * schema has it, but any scalar or list may be a substitution such as `${{ name }}`. `blocks`: the
 * forms of the services' blocks, by IAM prefix; without them a block may be anything.
 */
export function configJsonSchema(blocks?: Readonly<Record<string, z.ZodType>>): JsonObject {
  const schema = blocks === undefined ? configSchema : configSchemaWith(blocks);
  const made = JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: "input" }))) as Json;
  const opened = open(made, "");
  if (!isJsonObject(opened) || !isJsonObject(opened.$defs)) return {};
  return { ...opened, $defs: { ...opened.$defs, substitution } };
}

/** Lets a substitution stand wherever a text, number, boolean or list stands. */
function open(schema: Json, key: string): Json {
  if (Array.isArray(schema)) return schema.map((one) => open(one, ""));
  if (!isJsonObject(schema)) return schema;
  // What lies below `values` is not substituted, and examples are no schemas.
  if (key === "examples" || key === "values" || key === "propertyNames") return schema;
  const members = Object.fromEntries(
    Object.entries(schema).map(([name, member]) => [name, open(member, name)]),
  );
  return isScalarOrList(members) ? withSubstitution(members) : members;
}

function isScalarOrList(schema: JsonObject): boolean {
  if (typeof schema.type !== "string") return false;
  if (schema.type === "string") {
    return ["pattern", "enum", "const", "minLength", "maxLength"].some((word) => word in schema);
  }
  return ["boolean", "integer", "array"].includes(schema.type) && schema.const === undefined;
}

function withSubstitution(schema: JsonObject): JsonObject {
  const { description, examples, ...rest } = schema;
  return {
    ...(description === undefined ? {} : { description }),
    ...(examples === undefined ? {} : { examples }),
    anyOf: [rest, reference],
  };
}
