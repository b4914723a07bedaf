import type { Json, JsonObject } from "../core/json.ts";
import { canonicalJson, isJsonObject } from "../core/json.ts";

/**
 * The facet's form of a policy document: canonical JSON text, or the text itself when it is not
 * JSON.
 */
export function canonicalContent(content: string): string {
  const document = parse(content);
  return document === undefined ? content : canonicalJson(document);
}

/** A document without white space outside strings, as it is sent; key order is kept. */
export function minifiedContent(content: string): string {
  const document = parse(content);
  return document === undefined ? content : JSON.stringify(document);
}

/**
 * A text that is equal for two documents that mean the same. For documents of IAM's grammar
 * (service and resource control policies, resource policies) a single string equals a list of it,
 * lists of statements, actions, resources, principals and condition values are sets, and condition
 * values compare as strings. For the other types only key order and white space are without
 * meaning: their lists are ordered data.
 */
export function contentMeaning(content: string, grammar: PolicyGrammar): string {
  const document = parse(content);
  if (document === undefined) return content;
  if (grammar === "management" || !isJsonObject(document)) return canonicalJson(document);
  const statements = statementsOf(document).map((statement) => canonicalJson(meant(statement)));
  return canonicalJson({ ...document, Statement: [...new Set(statements)].sort() });
}

/** Whether a document follows IAM's grammar or that of the management policy types. */
export type PolicyGrammar = "iam" | "management";

/** The grammar of a policy type's documents. */
export function grammarOf(type: string): PolicyGrammar {
  return type === "SERVICE_CONTROL_POLICY" || type === "RESOURCE_CONTROL_POLICY"
    ? "iam"
    : "management";
}

/** The statements of a document of IAM's grammar with an effect, each in its comparable form. */
export function statementMeanings(content: string, effect: "Allow" | "Deny"): Set<string> {
  const document = parse(content);
  if (!isJsonObject(document)) return new Set();
  return new Set(
    statementsOf(document)
      .filter((statement) => statement.Effect === effect)
      .map(({ Sid: _sid, ...statement }) => canonicalJson(meant(statement))),
  );
}

const setElements: ReadonlySet<string> = new Set([
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
]);
const principalElements: ReadonlySet<string> = new Set(["Principal", "NotPrincipal"]);

function meant(statement: JsonObject): JsonObject {
  const members = Object.entries(statement).map(([key, value]): [string, Json] => {
    if (setElements.has(key)) return [key, asSet(value)];
    if (principalElements.has(key)) return [key, isJsonObject(value) ? eachSet(value) : value];
    if (key === "Condition" && isJsonObject(value)) {
      return [
        key,
        mapMembers(value, (keys) => (isJsonObject(keys) ? eachSet(keys, scalarText) : keys)),
      ];
    }
    return [key, value];
  });
  return Object.fromEntries(members);
}

function eachSet(value: JsonObject, item?: (value: Json) => Json): JsonObject {
  return mapMembers(value, (list) => asSet(list, item));
}

function asSet(value: Json, item: (value: Json) => Json = (same) => same): Json {
  const list = (Array.isArray(value) ? value : [value]) as readonly Json[];
  return [...new Set(list.map((member) => canonicalJson(item(member))))].sort();
}

function scalarText(value: Json): Json {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
}

function mapMembers(value: JsonObject, change: (member: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, change(member)]));
}

function statementsOf(document: JsonObject): JsonObject[] {
  const statement = document.Statement ?? [];
  return (Array.isArray(statement) ? statement : [statement]).filter(isJsonObject);
}

function parse(content: string): Json | undefined {
  try {
    return JSON.parse(content) as Json;
  } catch {
    return undefined;
  }
}
