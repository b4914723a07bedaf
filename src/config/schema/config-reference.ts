import { z } from "zod";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import { configSchema } from "./config-schema.ts";

/** The sections of the reference: a title and the definition that it lists; `""` is the file. */
const sections: readonly (readonly [title: string, definition: string])[] = [
  ["The file", ""],
  ["`organization`", "organization"],
  ["An item of `organizationalUnits`", "organizationalUnit"],
  ["An item of `accounts`", "account"],
  ["An alternate contact", "alternateContact"],
  ["An item of `policies`", "policy"],
  ["`detect`", "detect"],
  ["An item of `detect.allow`", "detectException"],
  ["`audit`", "audit"],
  ["An item of `audit.exceptions`", "auditException"],
  ["`watch`", "watch"],
  ["An item of `watch.sinks`", "watchSink"],
];

/** The reference of every key of `orgrail.yaml`, as Markdown, from the schema. */
export function configReference(): string {
  const schema = JSON.parse(JSON.stringify(z.toJSONSchema(configSchema, { io: "input" }))) as Json;
  return sections
    .map(([title, definition]) => `### ${title}\n\n${table(find(schema, definition))}`)
    .join("\n\n");
}

/** The reference of the keys of one service's block, as a Markdown table. */
export function blockReference(block: z.ZodType): string {
  const schema = JSON.parse(JSON.stringify(z.toJSONSchema(block, { io: "input" }))) as Json;
  const { $ref } = object(schema);
  return table(
    typeof $ref === "string" ? find(schema, $ref.split("/").at(-1) ?? "") : object(schema),
  );
}

function find(schema: Json, definition: string): JsonObject {
  const root = object(schema);
  return definition === "" ? root : object(object(root.$defs)[definition]);
}

function table(schema: JsonObject): string {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const rows = Object.entries(object(schema.properties)).flatMap(([name, member]) =>
    row(name, object(member), required.includes(name)),
  );
  return ["| key | value | what it says |", "| --- | --- | --- |", ...rows].join("\n");
}

function row(name: string, schema: JsonObject, required: boolean): readonly string[] {
  const description = typeof schema.description === "string" ? schema.description : "";
  const words = `${required ? "Required. " : ""}${description}`.trim();
  const rows = [`| \`${name}\` | ${kind(schema)} | ${escaped(words)} |`];
  const inner = object(schema.type === "array" ? schema.items : schema);
  for (const [key, member] of Object.entries(object(inner.properties))) {
    const step = schema.type === "array" ? `${name}[].${key}` : `${name}.${key}`;
    rows.push(...row(step, object(member), false));
  }
  return rows;
}

function kind(schema: JsonObject): string {
  if (typeof schema.$ref === "string") return "mapping, see below";
  const { anyOf, const: constant, items, type } = schema;
  if (Array.isArray(schema.enum)) {
    return schema.enum.length > 6
      ? "a policy type"
      : escaped(schema.enum.map((word) => `\`${String(word)}\``).join(", "));
  }
  if (constant !== undefined) return `\`${String(constant)}\``;
  if (Array.isArray(anyOf)) {
    return [...new Set(anyOf.map((one) => kind(object(one))))].join(" or ");
  }
  switch (type) {
    case "array":
      return `list: ${kind(object(items))}`;
    case "object":
      return "mapping";
    case "string":
      return "text";
    case "boolean":
      return "true or false";
    case "null":
      return "`null`";
    default:
      return typeof type === "string" ? type : "any";
  }
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function object(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
