import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import { cloudtrailFacts } from "../data/cloudtrail-facts.ts";
import { compileGlob, globMatches } from "../policy/glob.ts";

/** Whom the policy of a bucket lets write to it or delete from it. */
export interface Writers {
  /** Anybody may do something. */
  readonly isPublic: boolean;
  /** Principals beside CloudTrail, sorted; without those of a public statement. */
  readonly others: readonly string[];
  /** CloudTrail may write for any trail of any account. */
  readonly isCloudTrailUnbound: boolean;
}

/** Operations by which logs are forged or lost. */
const writes: Readonly<Record<"s3" | "kms", readonly string[]>> = {
  s3: [
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:DeleteBucket",
    "s3:PutBucketPolicy",
    "s3:PutLifecycleConfiguration",
  ],
  kms: ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey"],
};

/** Condition keys that bind CloudTrail to trails of one's own. */
const bound = /^aws:source(arn|account|orgid|orgpaths)$/i;
/** Condition keys that bind anybody to an organization or account. */
const binding = /^aws:(principalorgid|principalorgpaths|principalaccount|principalarn|source\w+)$/i;

/**
 * Reads who may write by a resource-based policy; `undefined` when its text is no policy. It looks at
 * what is allowed, and does not weigh it against what is denied: a statement that lets others write to
 * logs is worth a look even where another takes that back.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export function writersOf(text: string, service: "s3" | "kms" = "s3"): Writers | undefined {
  const statements = statementsOf(text);
  if (statements === undefined) return undefined;
  const others = new Set<string>();
  let isPublic = false;
  let isCloudTrailUnbound = false;
  for (const statement of statements) {
    if (statement.Effect !== "Allow") continue;
    const principals = principalsOf(statement.Principal);
    const keys = conditionKeys(statement.Condition);
    const isOpen = principals.includes("*") && !keys.some((key) => binding.test(key));
    if (isOpen) isPublic = true;
    if (!writes[service].some((action) => allows(statement, action))) continue;
    for (const principal of principals) {
      if (principal === "*") {
        if (!isOpen) others.add("* under a condition");
      } else if (principal === cloudtrailFacts.servicePrincipal) {
        if (!keys.some((key) => bound.test(key))) isCloudTrailUnbound = true;
      } else others.add(principal);
    }
  }
  return { isPublic, others: [...others].sort(), isCloudTrailUnbound };
}

function statementsOf(text: string): readonly JsonObject[] | undefined {
  try {
    const document: unknown = JSON.parse(text);
    return isJsonObject(document) ? list(document.Statement).filter(isJsonObject) : undefined;
  } catch {
    return undefined;
  }
}

function principalsOf(principal: Json | undefined): readonly string[] {
  if (typeof principal === "string") return [principal];
  if (!isJsonObject(principal)) return ["*"];
  return Object.values(principal)
    .flatMap(list)
    .filter((one) => typeof one === "string");
}

function allows({ Action, NotAction }: JsonObject, action: string): boolean {
  const matches = (patterns: Json | undefined): boolean =>
    list(patterns).some(
      (one) =>
        typeof one === "string" &&
        globMatches(compileGlob(one.toLowerCase()), action.toLowerCase()),
    );
  return Action === undefined ? !matches(NotAction) : matches(Action);
}

function conditionKeys(condition: Json | undefined): readonly string[] {
  if (!isJsonObject(condition)) return [];
  return Object.values(condition).flatMap((block) =>
    isJsonObject(block) ? Object.keys(block) : [],
  );
}

function list(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}
