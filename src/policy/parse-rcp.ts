import { rcpServices } from "../data/rcp-services.ts";
import { type ParseReport, quoted } from "./parse-report.ts";
import type { Statement, TextList } from "./types.ts";

function isEverything(list: TextList | undefined): boolean {
  return list !== undefined && list.values.length === 1 && list.values[0]?.value === "*";
}

/** Whether it is the one statement of AWS's own `RCPFullAWSAccess`, the only Allow of an RCP. */
function isFullAccess(statement: Statement): boolean {
  return (
    statement.effect === "Allow" &&
    statement.principal?.any === true &&
    isEverything(statement.action) &&
    isEverything(statement.resource) &&
    statement.conditions.length === 0
  );
}

/**
 * Reports what a resource control policy must not hold.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 */
export function checkResourceControlStatement(statement: Statement, report: ParseReport): void {
  if (isFullAccess(statement)) return;
  if (statement.effect === "Allow") {
    report.error(
      "RCP_SYNTAX_ERROR_ALLOW",
      "a resource control policy of yours only denies; `RCPFullAWSAccess` allows",
      statement,
    );
  }
  if (statement.notAction !== undefined) {
    report.error(
      "RCP_SYNTAX_ERROR_NOTACTION",
      "a resource control policy has no `NotAction`",
      statement.notAction,
    );
  }
  const principal = statement.principal;
  if (principal === undefined || !principal.any) {
    report.error(
      "RCP_SYNTAX_ERROR_PRINCIPAL",
      'a resource control policy has `"Principal": "*"`',
      principal ?? statement.notPrincipal ?? statement,
      "narrow it to principals in `Condition`",
    );
  }
  for (const action of statement.action?.values ?? []) {
    const prefix = action.value.split(":", 1)[0]?.toLowerCase() ?? "";
    if (action.value.includes(":") && rcpServices.prefixes.includes(prefix)) continue;
    report.error(
      "RCP_SYNTAX_ERROR_ACTION",
      `action ${quoted(action.value)} is of no service that supports resource control policies`,
      action,
      `the services are those that AWS listed on ${rcpServices.asOf}`,
    );
  }
}
