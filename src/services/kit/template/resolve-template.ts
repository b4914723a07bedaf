import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../core/json.ts";
import { references, type Template, type TemplateResource } from "./parse-template.ts";

/** What a template's functions are resolved with. */
export interface TemplateScope {
  readonly account: AccountId;
  readonly region: RegionName;
  readonly partition: string;
  readonly stackId: string;
  readonly stackName: string;
  /** Values of all the template's parameters; lists as comma-separated text. */
  readonly parameters: Readonly<Record<string, string>>;
  /** By logical name of a resource: its physical id and its attributes; `*` is any. */
  readonly resources: ReadonlyMap<
    string,
    { readonly physicalId: string; readonly attributes: Readonly<Record<string, string>> }
  >;
}

/** Thrown for what CloudFormation refuses when it carries out a template; the message is its. */
export class TemplateError extends Error {
  override name = "TemplateError";
}

/** Stands for `AWS::NoValue`: the property is left out. */
const noValue: unique symbol = Symbol("AWS::NoValue");

/** Whether a resource's condition holds. */
export function isWanted(
  template: Template,
  resource: TemplateResource,
  scope: TemplateScope,
): boolean {
  return resource.condition === undefined || condition(template, resource.condition, scope);
}

/** A value with every function in it resolved. Throws {@link TemplateError}. */
export function resolveValue(template: Template, value: Json, scope: TemplateScope): Json {
  const resolved = resolve(template, value, scope);
  return resolved === noValue ? null : (resolved as Json);
}

/** Logical names of the resources, each after those that it depends on. Throws on a circle. */
export function creationOrder(template: Template): readonly string[] {
  const order: string[] = [];
  const state = new Map<string, "open" | "done">();
  const visit = (name: string): void => {
    const seen = state.get(name);
    if (seen === "done") return;
    if (seen === "open")
      throw new TemplateError(`Circular dependency between resources: [${name}]`);
    const resource = template.resources[name];
    if (resource === undefined) return;
    state.set(name, "open");
    for (const other of [...resource.dependsOn, ...references(resource.properties)]) {
      if (other !== name) visit(other);
    }
    state.set(name, "done");
    order.push(name);
  };
  for (const name of Object.keys(template.resources)) visit(name);
  return order;
}

/** The template's parameters with what was given over the defaults. Throws {@link TemplateError}. */
export function parameterValues(
  template: Template,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const missing = Object.entries(template.parameters)
    .filter(([name, parameter]) => given[name] === undefined && parameter.default === undefined)
    .map(([name]) => name);
  if (missing.length > 0) throw new TemplateError(`Parameters: [${missing}] must have values`);
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(template.parameters, name));
  if (unknown.length > 0) {
    throw new TemplateError(`Parameters: [${unknown}] do not exist in the template`);
  }
  const values: Record<string, string> = {};
  for (const [name, parameter] of Object.entries(template.parameters)) {
    const value = given[name] ?? parameter.default ?? "";
    const { allowedValues, allowedPattern } = parameter;
    if (allowedValues !== undefined && !allowedValues.includes(value)) {
      throw new TemplateError(`Parameter '${name}' must be one of AllowedValues`);
    }
    if (allowedPattern !== undefined && !new RegExp(`^(?:${allowedPattern})$`).test(value)) {
      throw new TemplateError(`Parameter '${name}' must match pattern ${allowedPattern}`);
    }
    values[name] = value;
  }
  return values;
}

function resolve(template: Template, value: Json, scope: TemplateScope): Json | typeof noValue {
  if (Array.isArray(value)) {
    return value
      .map((item) => resolve(template, item, scope))
      .filter((item): item is Json => item !== noValue);
  }
  if (!isJsonObject(value)) return value;
  const keys = Object.keys(value);
  const [key = ""] = keys;
  if (keys.length === 1 && (key === "Ref" || key === "Condition" || key.startsWith("Fn::"))) {
    return call(template, key, value[key] ?? null, scope);
  }
  const out: Record<string, Json> = {};
  for (const [name, inner] of Object.entries(value)) {
    const resolved = resolve(template, inner, scope);
    if (resolved !== noValue) out[name] = resolved;
  }
  return out;
}

function call(
  template: Template,
  name: string,
  argument: Json,
  scope: TemplateScope,
): Json | typeof noValue {
  const value = (item: Json | undefined): Json => resolveValue(template, item ?? null, scope);
  const items = Array.isArray(argument) ? argument : [];
  switch (name) {
    case "Ref":
      return reference(template, String(argument), scope);
    case "Fn::GetAtt": {
      const [resource, attribute] = Array.isArray(argument)
        ? argument.map((item) => String(value(item)))
        : splitAttribute(String(argument));
      return attributeValue(resource ?? "", attribute ?? "", scope);
    }
    case "Fn::Sub":
      return substitute(template, argument, scope);
    case "Fn::Join": {
      const list = value(items[1]);
      return (Array.isArray(list) ? list : [list]).map(String).join(String(items[0]));
    }
    case "Fn::Split":
      return String(value(items[1])).split(String(items[0]));
    case "Fn::Select": {
      const list = value(items[1]);
      const chosen = Array.isArray(list) ? list[Number(value(items[0]))] : undefined;
      if (chosen !== undefined) return chosen;
      throw new TemplateError("Template error: Fn::Select cannot select nonexistent value");
    }
    case "Fn::If": {
      const chosen = condition(template, String(items[0]), scope) ? items[1] : items[2];
      return resolve(template, chosen ?? null, scope);
    }
    case "Fn::FindInMap": {
      const [map, top, second] = items.map((item) => String(value(item)));
      const found = lookUp(template.mappings, map, top, second);
      if (found !== undefined) return found;
      throw new TemplateError(
        `Template error: Unable to get mapping for ${map}::${top}::${second}`,
      );
    }
    case "Fn::Base64":
      return Buffer.from(String(value(argument))).toString("base64");
    case "Condition":
      return condition(template, String(argument), scope);
    case "Fn::And":
    case "Fn::Or":
    case "Fn::Not":
    case "Fn::Equals":
      return logic(template, name, items, scope);
    default:
      throw new TemplateError(`Template error: the function ${name} is not supported here`);
  }
}

function reference(template: Template, name: string, scope: TemplateScope): Json | typeof noValue {
  switch (name) {
    case "AWS::AccountId":
      return scope.account;
    case "AWS::Region":
      return scope.region;
    case "AWS::Partition":
      return scope.partition;
    case "AWS::StackId":
      return scope.stackId;
    case "AWS::StackName":
      return scope.stackName;
    case "AWS::URLSuffix":
      return scope.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    case "AWS::NotificationARNs":
      return [];
    case "AWS::NoValue":
      return noValue;
    default: {
      const parameter = template.parameters[name];
      const given = scope.parameters[name];
      if (parameter !== undefined && given !== undefined) {
        const isList =
          parameter.type === "CommaDelimitedList" || parameter.type.startsWith("List<");
        return isList ? (given === "" ? [] : given.split(",").map((item) => item.trim())) : given;
      }
      const resource = scope.resources.get(name);
      if (resource !== undefined) return resource.physicalId;
      throw new TemplateError(
        `Template error: resource ${name} is not created, its condition does not hold`,
      );
    }
  }
}

function attributeValue(resource: string, attribute: string, scope: TemplateScope): Json {
  const attributes = scope.resources.get(resource)?.attributes;
  const found = attributes?.[attribute] ?? attributes?.["*"];
  if (found !== undefined) return found;
  throw new TemplateError(
    `Template error: resource ${resource} does not support attribute type ${attribute} in Fn::GetAtt`,
  );
}

function substitute(template: Template, argument: Json, scope: TemplateScope): string {
  const [text, given] = Array.isArray(argument) ? argument : [argument, {}];
  const own = isJsonObject(given) ? given : {};
  return String(text).replaceAll(/\$\{(!?)([^}]*)\}/g, (whole, literal: string, raw: string) => {
    if (literal === "!") return `\${${raw}}`;
    const name = raw.trim();
    const value = own[name];
    if (value !== undefined) return String(resolveValue(template, value, scope));
    if (!name.includes("::") && name.includes(".")) {
      const [resource = "", attribute = ""] = splitAttribute(name);
      return String(attributeValue(resource, attribute, scope));
    }
    const found = reference(template, name, scope);
    return found === noValue ? whole : String(found);
  });
}

function condition(template: Template, name: string, scope: TemplateScope): boolean {
  const declared = template.conditions[name];
  if (declared === undefined) {
    throw new TemplateError(`Template error: unresolved condition dependency ${name}`);
  }
  return resolveValue(template, declared, scope) === true;
}

function logic(
  template: Template,
  name: string,
  items: readonly Json[],
  scope: TemplateScope,
): boolean {
  const values = items.map((item) => resolveValue(template, item, scope));
  if (name === "Fn::Equals") return String(values[0]) === String(values[1]);
  if (name === "Fn::Not") return values[0] !== true;
  return name === "Fn::And" ? values.every((it) => it === true) : values.some((it) => it === true);
}

function lookUp(
  mappings: Readonly<Record<string, Json>>,
  ...path: readonly (string | undefined)[]
): Json | undefined {
  let current: Json | undefined = mappings as JsonObject;
  for (const key of path) {
    if (!isJsonObject(current) || key === undefined) return undefined;
    current = Object.hasOwn(current, key) ? current[key] : undefined;
  }
  return current;
}

function splitAttribute(text: string): string[] {
  const dot = text.indexOf(".");
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
