import type {
  Condition,
  Level,
  Policy,
  Request,
  Statement,
  TextList,
} from "../../src/policy/types.ts";

/**
 * Translates policies into Cedar, for the part of the language that Cedar can express: no `?`, no
 * policy variables, no dates and binaries, one spelling of context keys. A Deny is a `forbid`; a
 * level that must allow is a `forbid` unless one of its Allows holds; the identity policies permit.
 */
export function toCedar(scps: readonly Level[], identity: readonly Policy[]): string {
  const rules: string[] = [];
  for (const [index, level] of scps.entries()) {
    const statements = level.policies.flatMap((policy) => policy.statements);
    rules.push(...denies(statements, `level${index}`));
    const allows = statements.filter((statement) => statement.effect === "Allow").map(expression);
    if (!allows.includes("true")) {
      rules.push(
        `@id("silent${index}")\nforbid (principal, action, resource) unless { ${or(allows)} };`,
      );
    }
  }
  const own = identity.flatMap((policy) => policy.statements);
  rules.push(...denies(own, "identity"));
  for (const [index, statement] of own.entries()) {
    if (statement.effect === "Deny") continue;
    rules.push(
      `@id("permit${index}")\npermit (principal, action, resource) when { ${expression(statement)} };`,
    );
  }
  return rules.join("\n");
}

function denies(statements: readonly Statement[], prefix: string): string[] {
  return statements
    .filter((statement) => statement.effect === "Deny")
    .map(
      (statement, index) =>
        `@id("deny-${prefix}-${index}")\nforbid (principal, action, resource) when { ${expression(statement)} };`,
    );
}

function expression(statement: Statement): string {
  const { action, notAction, resource, notResource } = statement;
  const parts = [
    notAction ? not(actions(notAction)) : action ? actions(action) : "false",
    notResource ? not(resources(notResource)) : resource ? resources(resource) : "true",
    ...statement.conditions.map(conditionExpression),
  ].filter((part) => part !== "true");
  return parts.length === 0 ? "true" : parts.map((part) => `(${part})`).join(" && ");
}

function or(parts: readonly string[]): string {
  return parts.length === 0 ? "false" : parts.map((part) => `(${part})`).join(" || ");
}

function not(part: string): string {
  return part === "true" ? "false" : `!(${part})`;
}

function string(text: string): string {
  return JSON.stringify(text);
}

/** A test of a value against a pattern in which `*` is a wildcard. */
function like(value: string, pattern: string): string {
  if (/^\*+$/.test(pattern)) return "true";
  return pattern.includes("*")
    ? `${value} like ${string(pattern)}`
    : `${value} == ${string(pattern)}`;
}

function actions(list: TextList): string {
  const patterns = list.values.map((text) => text.value.toLowerCase());
  if (patterns.some((pattern) => pattern === "*" || pattern === "*:*")) return "true";
  const usable = patterns.filter((pattern) => !(pattern.split(":")[0] ?? "").includes("*"));
  const exact = usable.filter((pattern) => !pattern.includes("*"));
  const wild = usable.filter((pattern) => pattern.includes("*"));
  const sets =
    exact.length === 0 ? [] : [`[${exact.map(string).join(", ")}].contains(context.action)`];
  return or([...sets, ...wild.map((pattern) => like("context.action", pattern))]);
}

function arnParts(text: string): string[] {
  const parts = text.split(":");
  return parts.length < 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** A test of an ARN, given as a record of its parts, against a pattern by parts. */
function arn(value: string, pattern: string, isCompleted: boolean): string {
  if (/^\*+$/.test(pattern)) return "true";
  const parts = arnParts(pattern);
  while (isCompleted && parts.length < 6) parts.push("*");
  if (parts.length < 6) return "false";
  const tests = parts.map((part, i) => like(`${value}.p${i}`, part)).filter((t) => t !== "true");
  return `${value} has p5${tests.map((test) => ` && ${test}`).join("")}`;
}

function resources(list: TextList): string {
  const tests = list.values.map((text) => arn("context.resource", text.value, true));
  return tests.includes("true") ? "true" : or(tests);
}

const comparisons: Readonly<Record<string, string>> = {
  numericequals: "==",
  numericlessthan: "<",
  numericlessthanequals: "<=",
  numericgreaterthan: ">",
  numericgreaterthanequals: ">=",
};

function conditionExpression(condition: Condition): string {
  const key = condition.key.value.toLowerCase();
  const has = `context has ${string(key)}`;
  const value = `context[${string(key)}]`;
  const wanted = condition.values.values.map((text) => text.value);
  const name = condition.operator.value.toLowerCase();
  if (name === "null") {
    return or(wanted.map((text) => (text === "true" ? not(has) : has)));
  }
  const match = /^(?:(forallvalues|foranyvalue):)?(not|)(.*?)(ifexists)?$/.exec(name);
  const base = (match?.[3] ?? "").replace(/^(string|arn|numeric)not/, "$1");
  const negated = match?.[2] === "not" || base !== match?.[3];
  if (match?.[1] === "foranyvalue") return `${has} && ${value}.set.containsAny(${set(wanted)})`;
  if (match?.[1] === "forallvalues") {
    return `!(${has}) || ${set(wanted)}.containsAll(${value}.set)`;
  }
  const matches = or(wanted.map((text) => comparison(base, value, text)));
  if (match?.[4] !== undefined || negated) {
    return `!(${has}) || ${negated ? not(matches) : `(${matches})`}`;
  }
  return `${has} && (${matches})`;
}

function set(values: readonly string[]): string {
  return `[${values.map(string).join(", ")}]`;
}

function comparison(base: string, value: string, wanted: string): string {
  switch (base) {
    case "stringequals":
      return `${value}.text == ${string(wanted)}`;
    case "stringequalsignorecase":
      return `${value}.folded == ${string(wanted.toLowerCase())}`;
    case "stringlike":
      return like(`${value}.text`, wanted);
    case "bool":
      return `${value}.folded == ${string(wanted.toLowerCase())}`;
    case "arnlike":
    case "arnequals":
      return arn(`${value}.arn`, wanted, false);
    case "ipaddress":
      return `${value} has address && ${value}.address.isInRange(ip(${string(wanted)}))`;
    default:
      return `${value} has number && ${value}.number ${comparisons[base]} ${wanted}`;
  }
}

/** A value of Cedar's context. */
export type CedarJson = string | number | boolean | CedarJson[] | { [key: string]: CedarJson };

function arnRecord(text: string): CedarJson {
  const parts = arnParts(text);
  return parts.length < 6 ? {} : Object.fromEntries(parts.map((part, i) => [`p${i}`, part]));
}

/** The context of a request for policies that {@link toCedar} made. */
export function cedarContext(request: Request): Record<string, CedarJson> {
  const context: Record<string, CedarJson> = {
    action: request.action.toLowerCase(),
    resource: arnRecord(request.resource),
  };
  for (const [key, value] of Object.entries(request.context)) {
    const values = typeof value === "string" ? [value] : [...value];
    const text = values[0] ?? "";
    context[key.toLowerCase()] = {
      text,
      folded: text.toLowerCase(),
      set: values,
      arn: arnRecord(text),
      ...(/^-?\d{1,15}$/.test(text) ? { number: Number(text) } : {}),
      ...(/^\d+\.\d+\.\d+\.\d+$|^[0-9a-f]*:[0-9a-f:]*$/.test(text)
        ? { address: { __extn: { fn: "ip", arg: text } } }
        : {}),
    };
  }
  return context;
}
