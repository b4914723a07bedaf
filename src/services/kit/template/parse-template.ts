import {
  type CollectionTag,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  type ScalarTag,
} from "yaml";
import { isJsonObject, type Json, type JsonObject } from "../../../core/json.ts";

/** A CloudFormation template; intrinsic functions stand in their long form (`{ "Fn::Sub": … }`). */
export interface Template {
  readonly parameters: Readonly<Record<string, TemplateParameter>>;
  readonly mappings: Readonly<Record<string, Json>>;
  readonly conditions: Readonly<Record<string, Json>>;
  readonly resources: Readonly<Record<string, TemplateResource>>;
  readonly outputs: Readonly<Record<string, Json>>;
  readonly description?: string;
}

/** A parameter that a template declares. */
export interface TemplateParameter {
  readonly type: string;
  readonly default?: string;
  readonly allowedValues?: readonly string[];
  readonly allowedPattern?: string;
  readonly noEcho: boolean;
}

/** A resource that a template declares. */
export interface TemplateResource {
  readonly type: string;
  readonly properties: JsonObject;
  readonly dependsOn: readonly string[];
  readonly condition?: string;
  readonly deletionPolicy?: string;
}

/** A template, or what is wrong with its text, in CloudFormation's words. */
export type ParsedTemplate =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly problem: string };

/** Functions that have a short form with a tag; `Ref` and `Condition` have no `Fn::` before them. */
const shortForms = [
  "And",
  "Base64",
  "Cidr",
  "Condition",
  "Equals",
  "FindInMap",
  "GetAtt",
  "GetAZs",
  "If",
  "ImportValue",
  "Join",
  "Not",
  "Or",
  "Ref",
  "Select",
  "Split",
  "Sub",
  "Transform",
] as const;

/**
 * Parses the text of a template, JSON or YAML with the short forms of intrinsic functions.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export function parseTemplate(text: string): ParsedTemplate {
  const document = parseDocument(text, { customTags: tags, version: "1.2", uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0].line;
    const place = line === undefined ? "" : ` (line ${line})`;
    return problem(`[/] 'null' values or malformed text: ${firstLine(error.message)}${place}`);
  }
  const root = document.toJS() as Json;
  if (!isJsonObject(root)) return problem("unsupported structure");
  const unknown = Object.keys(root).filter((key) => !sections.has(key));
  if (unknown.length > 0) return problem(`Invalid template property or properties [${unknown}]`);
  const resources = root.Resources;
  if (!isJsonObject(resources) || Object.keys(resources).length === 0) {
    return problem("At least one Resources member must be defined.");
  }
  for (const [name, resource] of Object.entries(resources)) {
    if (!/^[A-Za-z0-9]{1,255}$/.test(name)) {
      return problem(`Resource name ${name} is non alphanumeric.`);
    }
    if (!isJsonObject(resource) || typeof resource.Type !== "string") {
      return problem(`[/Resources/${name}] Every Resources object must contain a Type member.`);
    }
  }
  const template = templateOf(root, resources);
  const dangling = unresolved(root, template);
  return dangling === undefined
    ? { ok: true, template }
    : problem(
        `Unresolved resource dependencies [${dangling}] in the Resources block of the template`,
      );
}

const sections: ReadonlySet<string> = new Set([
  "AWSTemplateFormatVersion",
  "Description",
  "Metadata",
  "Parameters",
  "Rules",
  "Mappings",
  "Conditions",
  "Transform",
  "Resources",
  "Outputs",
]);

const pseudoParameters: ReadonlySet<string> = new Set([
  "AWS::AccountId",
  "AWS::NotificationARNs",
  "AWS::NoValue",
  "AWS::Partition",
  "AWS::Region",
  "AWS::StackId",
  "AWS::StackName",
  "AWS::URLSuffix",
]);

const tags: (ScalarTag | CollectionTag)[] = shortForms.flatMap((name) => {
  const key = name === "Ref" || name === "Condition" ? name : `Fn::${name}`;
  const long = (value: unknown): JsonObject => ({ [key]: value as Json });
  const scalar: ScalarTag = {
    tag: `!${name}`,
    resolve: (text) => long(name === "GetAtt" ? attributeOf(text) : text),
  };
  const list: CollectionTag = {
    tag: `!${name}`,
    collection: "seq",
    resolve: (node) => long(plain(node)),
  };
  const map: CollectionTag = {
    tag: `!${name}`,
    collection: "map",
    resolve: (node) => long(plain(node)),
  };
  return [scalar, list, map];
});

/** `Resource.Attribute.Nested` names the attribute `Attribute.Nested` of `Resource`. */
function attributeOf(text: string): string[] {
  const dot = text.indexOf(".");
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

/** The value of a node of which the tags within are resolved already. */
function plain(node: unknown): Json {
  if (isSeq(node)) return node.items.map(plain);
  if (isMap(node)) {
    const entries = node.items.map((pair) =>
      isPair(pair) ? [String(plain(pair.key)), plain(pair.value)] : ["", null],
    );
    return Object.fromEntries(entries) as JsonObject;
  }
  if (isScalar(node)) return node.value as Json;
  return node as Json;
}

function templateOf(root: JsonObject, resources: JsonObject): Template {
  const section = (name: string): JsonObject => (isJsonObject(root[name]) ? root[name] : {});
  return {
    parameters: mapValues(section("Parameters"), parameterOf),
    mappings: section("Mappings"),
    conditions: section("Conditions"),
    resources: mapValues(resources, resourceOf),
    outputs: section("Outputs"),
    ...(typeof root.Description === "string" ? { description: root.Description } : {}),
  };
}

function parameterOf(value: Json): TemplateParameter {
  const given = isJsonObject(value) ? value : {};
  return {
    type: String(given.Type ?? "String"),
    noEcho: given.NoEcho === true || given.NoEcho === "true",
    ...(given.Default === undefined ? {} : { default: String(given.Default) }),
    ...(Array.isArray(given.AllowedValues)
      ? { allowedValues: given.AllowedValues.map(String) }
      : {}),
    ...(typeof given.AllowedPattern === "string" ? { allowedPattern: given.AllowedPattern } : {}),
  };
}

function resourceOf(value: Json): TemplateResource {
  const given = isJsonObject(value) ? value : {};
  const { DependsOn: depends } = given;
  return {
    type: String(given.Type),
    properties: isJsonObject(given.Properties) ? given.Properties : {},
    dependsOn:
      depends === undefined ? [] : Array.isArray(depends) ? depends.map(String) : [String(depends)],
    ...(typeof given.Condition === "string" ? { condition: given.Condition } : {}),
    ...(typeof given.DeletionPolicy === "string" ? { deletionPolicy: given.DeletionPolicy } : {}),
  };
}

/** The first name that a reference of the template names and that nothing declares. */
function unresolved(root: JsonObject, template: Template): string | undefined {
  const known = (name: string): boolean =>
    pseudoParameters.has(name) ||
    Object.hasOwn(template.parameters, name) ||
    Object.hasOwn(template.resources, name);
  for (const part of [root.Resources, root.Conditions]) {
    for (const name of references(part ?? null)) if (!known(name)) return name;
  }
  for (const { dependsOn } of Object.values(template.resources)) {
    for (const name of dependsOn) if (!Object.hasOwn(template.resources, name)) return name;
  }
  return undefined;
}

/** Names of parameters and resources that a value refers to. */
export function references(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === "Ref" && typeof inner === "string") return [inner];
    if (key === "Fn::GetAtt") {
      const name = Array.isArray(inner) ? inner[0] : attributeOf(String(inner))[0];
      return typeof name === "string" ? [name] : [];
    }
    if (key === "Fn::Sub") {
      const [text, given] = Array.isArray(inner) ? inner : [inner, {}];
      const own = new Set(Object.keys(isJsonObject(given) ? given : {}));
      const names = [...String(text).matchAll(/\$\{([^!}][^}]*)\}/g)]
        .map(([, name = ""]) => name.trim())
        .filter((name) => !own.has(name))
        .map((name) => (name.includes("::") ? name : (attributeOf(name)[0] ?? name)));
      return [...names, ...references(given ?? null)];
    }
    return references(inner);
  });
}

function mapValues<T>(
  values: JsonObject,
  convert: (value: Json) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, convert(value)]));
}

function problem(text: string): ParsedTemplate {
  return { ok: false, problem: text };
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? text;
}
