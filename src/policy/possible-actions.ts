import { compileActions } from "./action-pattern.ts";
import type { Level, Statement } from "./types.ts";

/** Known actions by what a chain of levels leaves of them. */
export interface PossibleActions {
  /** No statement denies them, and every level allows them without a condition. */
  readonly free: readonly string[];
  /** Allowed or denied by conditions, resources or principals. */
  readonly conditional: readonly string[];
  /** Denied whatever the request, or not allowed at a level. */
  readonly denied: readonly string[];
}

/**
 * Sorts known actions by what a chain of service or resource control policies leaves of them. Says
 * nothing of exemptions such as those of service-linked roles.
 */
export function possibleActions(
  levels: readonly Level[],
  actions: readonly string[],
): PossibleActions {
  const compiled = levels.map(({ policies }) =>
    policies.flatMap(({ statements }) =>
      statements.map((statement) => ({
        isDeny: statement.effect === "Deny",
        always: isUnconditional(statement),
        matches: actionTest(statement),
      })),
    ),
  );
  const found = { free: [] as string[], conditional: [] as string[], denied: [] as string[] };
  for (const action of actions) {
    const lower = action.toLowerCase();
    let state: keyof PossibleActions = "free";
    for (const statements of compiled) {
      const matching = statements.filter(({ matches }) => matches(lower));
      const allows = matching.filter(({ isDeny }) => !isDeny);
      const denies = matching.filter(({ isDeny }) => isDeny);
      if (allows.length === 0 || denies.some(({ always }) => always)) {
        state = "denied";
        break;
      }
      if (denies.length > 0 || !allows.some(({ always }) => always)) state = "conditional";
    }
    found[state].push(action);
  }
  return found;
}

function actionTest({ action, notAction }: Statement): (action: string) => boolean {
  const test = compileActions((action ?? notAction)?.values.map(({ value }) => value) ?? []);
  return action === undefined ? (name) => !test(name) : test;
}

function isUnconditional(statement: Statement): boolean {
  const { resource, notResource, notPrincipal, principal, conditions } = statement;
  return (
    conditions.length === 0 &&
    notResource === undefined &&
    notPrincipal === undefined &&
    (principal === undefined || principal.any) &&
    (resource === undefined || resource.values.some(({ value }) => value === "*"))
  );
}
