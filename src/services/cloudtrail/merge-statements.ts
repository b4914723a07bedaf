import { canonicalJson, type Json, type JsonObject } from "../../core/json.ts";
import { canonicalPolicy, type Statement } from "./documents.ts";

/**
 * A policy document with statements that it must have, as canonical JSON text. What is there and
 * grants the same or more stays; a statement of the same `Sid` is replaced when ours says all that
 * it says; all else stays as it is.
 */
export function mergeStatements(
  document: string | null | undefined,
  wanted: readonly Statement[],
): string {
  const source = (
    document === null || document === undefined
      ? { Version: "2012-10-17", Statement: [] }
      : JSON.parse(canonicalPolicy(document))
  ) as JsonObject;
  const statements = [...([source.Statement ?? []].flat() as Statement[])];
  for (const ours of wanted) {
    if (statements.some((theirs) => covers(theirs, ours))) continue;
    const place = statements.findIndex(({ Sid }) => Sid === ours.Sid);
    const same = statements[place];
    if (same === undefined) statements.push(ours);
    else if (saysNoMore(same, ours)) statements[place] = withSources(ours, same);
    else statements.push({ ...ours, Sid: freeSid(String(ours.Sid), statements) });
  }
  return canonicalPolicy(JSON.stringify({ ...source, Statement: statements }));
}

/** Whether a statement does all that another does: equal but for more resources and sources. */
function covers(theirs: Statement, ours: Statement): boolean {
  return (
    sameBut(theirs, ours) &&
    isSubset(list(ours.Resource), list(theirs.Resource)) &&
    isSubset(sourcesOf(ours), sourcesOf(theirs))
  );
}

/** Whether replacing a statement by ours takes nothing away but sources, which ours then gets. */
function saysNoMore(theirs: Statement, ours: Statement): boolean {
  return (
    theirs.Effect === ours.Effect &&
    isSubset(list(theirs.Action), list(ours.Action)) &&
    isSubset(list(theirs.Resource), list(ours.Resource)) &&
    canonicalJson(withoutLists(theirs.Principal)) === canonicalJson(withoutLists(ours.Principal))
  );
}

function sameBut(theirs: Statement, ours: Statement): boolean {
  const bare = (statement: Statement): string => {
    const { Sid: _, Resource: __, Action, Principal, Condition, ...rest } = statement;
    return canonicalJson({
      ...rest,
      Action: [...list(Action)].sort(),
      Principal: withoutLists(Principal),
      Condition: withoutSources(Condition),
    });
  };
  return bare(theirs) === bare(ours);
}

/** Ours, for the sources that theirs was for, too. */
function withSources(ours: Statement, theirs: Statement): Statement {
  const sources = [...new Set([...sourcesOf(ours), ...sourcesOf(theirs)])].sort();
  const condition = ours.Condition as JsonObject | undefined;
  const equals = condition?.StringEquals as JsonObject | undefined;
  if (condition === undefined || equals?.["aws:SourceArn"] === undefined) return ours;
  const [only] = sources;
  const arns: Json = sources.length === 1 && only !== undefined ? only : sources;
  return {
    ...ours,
    Condition: { ...condition, StringEquals: { ...equals, "aws:SourceArn": arns } },
  };
}

function sourcesOf(statement: Statement): readonly string[] {
  const condition = statement.Condition as JsonObject | undefined;
  const operators = [condition?.StringEquals, condition?.ArnEquals, condition?.ArnLike];
  return operators.flatMap((operator) =>
    list((operator as JsonObject | undefined)?.["aws:SourceArn"]),
  );
}

function withoutSources(condition: Json | undefined): Json {
  const operators = Object.entries((condition ?? {}) as JsonObject).map(([operator, keys]) => {
    const { "aws:SourceArn": _, ...rest } = keys as JsonObject;
    const members = Object.entries(rest).map(([key, value]) => [key, [...list(value)].sort()]);
    return [operator, Object.fromEntries(members)] as const;
  });
  return Object.fromEntries(operators.filter(([, keys]) => Object.keys(keys).length > 0));
}

function withoutLists(principal: Json | undefined): Json {
  if (typeof principal !== "object" || principal === null) return principal ?? null;
  return Object.fromEntries(
    Object.entries(principal as JsonObject).map(([type, value]) => [type, [...list(value)].sort()]),
  );
}

function freeSid(sid: string, statements: readonly Statement[]): string {
  let number = 2;
  while (statements.some(({ Sid }) => Sid === `${sid}${number}`)) number += 1;
  return `${sid}${number}`;
}

function list(value: Json | undefined): readonly string[] {
  return [value ?? []].flat() as string[];
}

function isSubset(few: readonly string[], many: readonly string[]): boolean {
  return few.every((item) => many.includes(item));
}
