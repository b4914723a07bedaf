import type { Condition, Policy, Statement, Text, TextList } from "../policy/types.ts";

/** Keys that stand for the resource of a request where it is not known; no key of AWS's. */
export const blindKeys = {
  /** Never known: a statement on some resources only is unsure. */
  resource: "orgrail:resource",
  /** The services that the resource can be of. */
  service: "orgrail:resourceservice",
} as const;

/**
 * The policy for requests whose resource is not known: a statement about some resources only holds
 * for certain never, and not at all when its resources are of other services.
 */
export function blindPolicy(policy: Policy): Policy {
  return { ...policy, statements: policy.statements.map(blindStatement) };
}

function blindStatement(statement: Statement): Statement {
  const { resource, notResource, ...rest } = statement;
  const listed = resource ?? notResource;
  if (listed === undefined || isAll(listed)) return statement;
  const services =
    resource === undefined
      ? []
      : [...new Set(resource.values.map(({ value }) => serviceOf(value)))];
  const conditions: readonly Condition[] = [
    ...(services.length === 0
      ? []
      : [condition(listed, "ForAnyValue:StringLike", blindKeys.service, services)]),
    condition(listed, "StringEquals", blindKeys.resource, ["known"]),
  ];
  return {
    ...rest,
    resource: list(listed, ["*"]),
    conditions: [...rest.conditions, ...conditions],
  };
}

function isAll({ values }: TextList): boolean {
  return values.some(({ value }) => value === "*");
}

/** The service part of an ARN's pattern, `*` where it may be any. */
function serviceOf(pattern: string): string {
  const parts = pattern.split(":");
  const service = parts[2];
  return parts.length < 6 || service === undefined || /[*?$]/.test(service) ? "*" : service;
}

function condition(
  at: TextList,
  operator: string,
  key: string,
  values: readonly string[],
): Condition {
  const { start, end } = at;
  return {
    start,
    end,
    operator: text(at, operator),
    key: text(at, key),
    values: list(at, values),
  };
}

function list(at: TextList, values: readonly string[]): TextList {
  const { start, end } = at;
  return { start, end, isArray: true, values: values.map((value) => text(at, value)) };
}

function text({ start, end }: TextList, value: string): Text {
  return { start, end, value };
}
