import { policyExemptions } from "../../data/policy-exemptions.ts";
import { not, type Predicate } from "./predicate.ts";
import { literal, literals } from "./sql-text.ts";

const { serviceLinkedRolePath } = policyExemptions.serviceControlPolicies;

/** Where the caller is a role of a service's own. */
export const isServiceLinked: Predicate = `principal LIKE ${literal(`%:role/${serviceLinkedRolePath}%`)}`;

/** What is made of the columns of a record: of what service and operation it is, and how it ended. */
export const callExpressions: readonly string[] = [
  "lower(split_part(event_source, '.', 1)) AS service",
  // Some services write the version of their API into the names of its operations.
  `lower(regexp_replace(event_name, ${literal("(?:[0-9]{8}(?:v[0-9]+)?|[0-9]{4}_[0-9]{2}_[0-9]{2})$")}, '')) AS operation`,
  "CASE WHEN length(coalesce(split_part(principal, ':', 5), '')) = 12 " +
    "AND translate(split_part(principal, ':', 5), '0123456789', '') = '' " +
    "THEN split_part(principal, ':', 5) ELSE '' END AS arn_account",
  outcomeExpression(),
];

/** As `outcomeOf` sorts errors. */
function outcomeExpression(): string {
  const denied = ["%accessdenied%", "%unauthorized%", "%notauthorized%"];
  const whole = ["", "client.", "server."].flatMap((prefix) =>
    ["forbidden", "authorizationerror"].flatMap((name) => [
      `${prefix}${name}`,
      `${prefix}${name}exception`,
    ]),
  );
  const scp = [
    "%with an explicit deny in a service control policy%",
    "%because no service control policy allows%",
  ];
  const rcp = [
    "%with an explicit deny in a resource control policy%",
    "%because no resource control policy allows%",
  ];
  const like = (column: string, patterns: readonly string[]): string =>
    `(${patterns.map((pattern) => `lower(${column}) LIKE ${literal(pattern)}`).join(" OR ")})`;
  return (
    "CASE WHEN error_code = '' THEN 'none' " +
    `WHEN NOT (${like("error_code", denied)} OR lower(error_code) IN (${literals(whole)})) THEN 'other' ` +
    `WHEN ${like("error_message", scp)} THEN 'denied-by-scp' ` +
    `WHEN ${like("error_message", rcp)} THEN 'denied-by-rcp' ` +
    "ELSE 'denied' END AS outcome"
  );
}

/** Columns of every answer, in order; those of the record that are asked for follow. */
export const groupColumns = [
  "touched",
  "eventSource",
  "eventName",
  "eventType",
  "eventCategory",
  "awsRegion",
  "recipientAccountId",
  "identityType",
  "principal",
  "principalAccountId",
  "invokedBy",
  "errorClass",
] as const;

/**
 * What calls are told apart by. Of those that are not touched only what `standingOf` and
 * `resourceStandingOf` look at stays: what kind of caller, and the accounts.
 */
export function groupExpressions(
  ofResources: boolean,
): Readonly<Record<(typeof groupColumns)[number], string>> {
  const recipient = ofResources
    ? "recipient"
    : "CASE WHEN is_touched OR identity_type = 'AWSAccount' THEN recipient ELSE '' END";
  return {
    touched: "is_touched",
    eventSource: "event_source",
    eventName: "event_name",
    eventType: "event_type",
    eventCategory: "CASE WHEN event_category = 'Data' THEN 'Data' ELSE '' END",
    awsRegion: "CASE WHEN is_touched THEN region ELSE '' END",
    recipientAccountId: recipient,
    identityType: "identity_type",
    principal:
      "CASE WHEN is_touched OR principal = '' THEN principal " +
      `WHEN ${isServiceLinked} THEN concat('arn:aws:iam::', arn_account, ':role/${serviceLinkedRolePath}') ` +
      "ELSE concat('arn:aws:iam::', arn_account, ':') END",
    principalAccountId: "CASE WHEN arn_account = '' THEN principal_account ELSE '' END",
    invokedBy:
      "CASE WHEN is_touched THEN invoked_by " +
      "WHEN invoked_by <> '' AND (principal = '' OR identity_type = 'AWSService') THEN '-' ELSE '' END",
    errorClass: "CASE WHEN is_touched THEN outcome ELSE '' END",
  };
}

/** Where service control policies can bind the caller. */
export function boundCaller(managementAccountId: string): readonly Predicate[] {
  return [
    "principal <> ''",
    "caller_account <> ''",
    `caller_account <> ${literal(managementAccountId)}`,
    "identity_type NOT IN ('AWSService', 'SAMLUser', 'WebIdentityUser')",
    not("identity_type = 'AWSAccount' AND caller_account <> recipient"),
    not(isServiceLinked),
  ];
}
