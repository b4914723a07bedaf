import type { IamFacts, ServiceAction } from "../iam-facts.ts";
import type { Policy, Statement, Text } from "../types.ts";

/** A pattern of `Action` or `NotAction`, taken apart; both parts in lower case. */
export interface ActionPattern {
  readonly text: Text;
  readonly statement: Statement;
  readonly isNot: boolean;
  /** `*` for the pattern `*`. */
  readonly prefix: string;
  readonly name: string;
}

/** Whether a text has a wildcard. */
export function hasWildcard(text: string): boolean {
  return text.includes("*") || text.includes("?");
}

/** The action patterns of a statement that have the form of one. */
export function actionPatterns(statement: Statement): readonly ActionPattern[] {
  const list = statement.action ?? statement.notAction;
  return (list?.values ?? []).flatMap((text) => {
    const value = text.value.toLowerCase();
    const colon = value.indexOf(":");
    const isEverything = /^\*+$/.test(value);
    if (colon < 0 && !isEverything) return [];
    return [
      {
        text,
        statement,
        isNot: statement.action === undefined,
        prefix: isEverything ? "*" : value.slice(0, colon),
        name: isEverything ? "*" : value.slice(colon + 1),
      },
    ];
  });
}

/** The action patterns of a whole policy. */
export function policyActions(policy: Policy): readonly ActionPattern[] {
  return policy.statements.flatMap(actionPatterns);
}

/**
 * The actions that a statement's `Action` names, when all of its patterns name a service and known
 * actions; `undefined` when it could name more, so that nothing can be said of all of them.
 */
export function namedActions(
  statement: Statement,
  facts: IamFacts,
): readonly ServiceAction[] | undefined {
  if (statement.action === undefined) return undefined;
  const patterns = actionPatterns(statement);
  if (patterns.length !== statement.action.values.length) return undefined;
  const named = new Map<string, ServiceAction>();
  for (const { prefix, text } of patterns) {
    if (hasWildcard(prefix)) return undefined;
    const found = facts.actionsMatching(text.value);
    if (found.length === 0) return undefined;
    for (const item of found) named.set(`${item.service.prefix}:${item.action.name}`, item);
  }
  return [...named.values()];
}

/** A pattern of `Resource` or `NotResource`. */
export interface ResourcePattern {
  readonly text: Text;
  readonly statement: Statement;
  /** The parts of an ARN, as written; `undefined` for `*` and for what is no ARN. */
  readonly arn?: ArnPattern;
}

/** The six parts of an ARN pattern; any may hold wildcards. */
export interface ArnPattern {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** Takes an ARN pattern apart; `undefined` when it has fewer than six parts or another prefix. */
export function arnPattern(text: string): ArnPattern | undefined {
  const parts = splitOutsideVariables(text);
  if (parts[0] !== "arn" || parts.length < 6) return undefined;
  const [, partition = "", service = "", region = "", account = ""] = parts;
  return { partition, service, region, account, resource: parts.slice(5).join(":") };
}

/** Splits at colons that are not inside `${...}`, where condition keys have colons of their own. */
export function splitOutsideVariables(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let isInside = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === "$" && text[i + 1] === "{") isInside = true;
    else if (char === "}") isInside = false;
    else if (char === ":" && !isInside) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

/** The resource patterns of a whole policy. */
export function policyResources(policy: Policy): readonly ResourcePattern[] {
  return policy.statements.flatMap((statement) =>
    ((statement.resource ?? statement.notResource)?.values ?? []).map((text) => {
      const arn = arnPattern(text.value);
      return { text, statement, ...(arn === undefined ? {} : { arn }) };
    }),
  );
}

/** User text in a message: in backticks, on one line, not endless. */
export function quote(text: string): string {
  const short = text.length > 80 ? `${text.slice(0, 77)}...` : text;
  return `\`${short.replace(/[\s`]/g, " ")}\``;
}

/** Joins a few items, and says how many more there are. */
export function some(items: readonly string[], shown = 3): string {
  const rest = items.length - shown;
  return rest > 0 ? `${items.slice(0, shown).join(", ")} and ${rest} more` : items.join(", ");
}

/** The named principals of a whole policy, with their types (`AWS`, `Service`, ...). */
export function policyPrincipals(
  policy: Policy,
): readonly { readonly type: string; readonly text: Text }[] {
  return policy.statements.flatMap(({ principal, notPrincipal }) =>
    [principal, notPrincipal].flatMap((element) =>
      (element?.byType ?? []).flatMap(({ type, values }) =>
        values.values.map((text) => ({ type: type.value, text })),
      ),
    ),
  );
}
