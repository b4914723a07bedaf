import type {
  Explanation,
  GuardExplanation,
  StatementExplanation,
  StatementReference,
} from "./explanation.ts";
import type { GuardKind } from "./guard.ts";
import { quoted } from "./parse-report.ts";
import type { ActionScope } from "./scope.ts";
import { unreadPolicyName } from "./sound-input.ts";
import type { Decision } from "./types.ts";

const kindNames: Readonly<Record<GuardKind, string>> = {
  rcp: "resource control policies",
  scp: "service control policies",
  resource: "the resource's policy",
  endpoint: "the VPC endpoint's policy",
  identity: "the identity policies",
  boundary: "the permissions boundary",
  session: "the session policies",
};

function guardName(guard: GuardExplanation): string {
  const name = kindNames[guard.kind];
  return guard.level === undefined ? name : `the ${name} of ${guard.level}`;
}

function statementName({ statement }: StatementExplanation): string {
  const name = statement.sid === undefined ? `${statement.index}` : quoted(statement.sid);
  return statement.policy === undefined
    ? `statement ${name}`
    : `statement ${name} of ${quoted(statement.policy)}`;
}

function reference(
  guard: GuardExplanation,
  statement: StatementExplanation,
): { readonly decidedBy: StatementReference } {
  const level = guard.level === undefined ? {} : { level: guard.level };
  return { decidedBy: { kind: guard.kind, ...level, ...statement.statement } };
}

function findDeny(
  guards: readonly GuardExplanation[],
  matched: StatementExplanation["matched"],
): { guard: GuardExplanation; statement: StatementExplanation } | undefined {
  for (const guard of guards) {
    if (guard.outcome === "notApplicable") continue;
    for (const statement of guard.statements) {
      if (statement.statement.effect === "Deny" && statement.matched === matched)
        return { guard, statement };
    }
  }
  return undefined;
}

/** Says in one sentence what decided, and names the statement or the keys. */
export function explainReason(
  decision: Decision,
  action: string,
  scope: ActionScope,
  guards: readonly GuardExplanation[],
): Pick<Explanation, "reason" | "decidedBy" | "unknownKeys"> {
  switch (decision) {
    case "allowed":
      return {
        reason: scope.always
          ? `${quoted(action)} works whatever policies say`
          : "every set of policies that applies allows the request, and none denies it",
        unknownKeys: [],
      };
    case "explicitDeny": {
      const found = findDeny(guards, "yes");
      if (found === undefined) return { reason: "a statement denies the request", unknownKeys: [] };
      const { guard, statement } = found;
      return {
        reason: `${statementName(statement)} in ${guardName(guard)} denies the request`,
        ...reference(guard, statement),
        unknownKeys: [],
      };
    }
    case "implicitDeny":
      if (scope.none) return { reason: "the request names no action", unknownKeys: [] };
      return { reason: implicitReason(action, guards), unknownKeys: [] };
    case "unknown":
      return unknownReason(guards);
  }
}

function implicitReason(action: string, guards: readonly GuardExplanation[]): string {
  const silent = guards.filter((guard) => guard.outcome === "doesNotAllow");
  const limiting = silent.find((guard) => guard.kind !== "identity" && guard.kind !== "resource");
  if (limiting !== undefined) {
    return limiting.kind === "scp" || limiting.kind === "rcp"
      ? `nothing in ${guardName(limiting)} allows ${quoted(action)}, and every level must`
      : `nothing in ${guardName(limiting)} allows ${quoted(action)}`;
  }
  if (silent.length === 0) return `no policy allows ${quoted(action)} for certain`;
  return `nothing in ${silent.map(guardName).join(" or ")} allows ${quoted(action)}`;
}

function unknownReason(
  guards: readonly GuardExplanation[],
): Pick<Explanation, "reason" | "decidedBy" | "unknownKeys"> {
  const keys = new Set<string>();
  for (const guard of guards) {
    if (guard.outcome !== "unknown") continue;
    for (const statement of guard.statements) {
      for (const key of statement.unknownKeys) keys.add(key);
    }
  }
  const unknownKeys = [...keys].sort();
  const found = findDeny(guards, "unknown");
  const on =
    unknownKeys.length === 0
      ? found?.statement.statement.policy === unreadPolicyName
        ? "what it says"
        : "a condition whose operator AWS does not have"
      : `${unknownKeys.map((key) => `\`${key}\``).join(", ")}, of which it is not known whether the request has ${unknownKeys.length === 1 ? "it" : "them"}`;
  if (found === undefined) {
    return { reason: `whether the request is allowed depends on ${on}`, unknownKeys };
  }
  const { guard, statement } = found;
  return {
    reason: `whether ${statementName(statement)} in ${guardName(guard)} denies the request depends on ${on}`,
    ...reference(guard, statement),
    unknownKeys,
  };
}
