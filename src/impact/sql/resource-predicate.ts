import { cloudtrailActions } from "../../data/cloudtrail-actions.ts";
import type { IamFacts } from "../../policy/iam-facts.ts";
import type { Statement } from "../../policy/types.ts";
import { ofServices } from "./action-predicate.ts";
import type { Dialect } from "./dialect.ts";
import { and, not, or, type Predicate } from "./predicate.ts";
import { likePattern } from "./sql-text.ts";

/** Whether a statement is about some resources only. */
export function isAboutSome({ resource, notResource }: Statement): boolean {
  const listed = notResource ?? resource;
  if (listed === undefined) return false;
  return notResource !== undefined || !listed.values.some(({ value }) => /^\*+$/.test(value));
}

/**
 * Where a statement may be about a resource of the call: where the action's resources can be of the
 * services that it lists, and of buckets and objects where the record has a bucket that it may list.
 */
export function resourcePredicate(
  statement: Statement,
  facts: IamFacts,
  dialect: Dialect,
  by: "byKey" | "byRecord",
): Predicate {
  const { resource } = statement;
  if (resource === undefined || !isAboutSome(statement)) return true;
  const patterns = resource.values.map(({ value }) => value);
  const services = new Set(patterns.map(serviceOf));
  // With a variable that is not known, a pattern may be about anything.
  if (services.has("*") || patterns.some((one) => one.includes("${"))) return true;
  const prefixes = prefixesWithResourcesOf(services, facts);
  return and(
    or(ofServices(prefixes), ...furtherServices(prefixes)),
    by === "byKey" || bucketPredicate(patterns, dialect),
  );
}

/** The service part of an ARN's pattern, `*` where it may be any. */
function serviceOf(pattern: string): string {
  const parts = pattern.split(":");
  const service = parts[2];
  return parts.length < 6 || service === undefined || /[*?$]/.test(service) ? "*" : service;
}

/** Prefixes of actions that have a resource type of the services. */
function prefixesWithResourcesOf(
  services: ReadonlySet<string>,
  facts: IamFacts,
): readonly string[] {
  return facts.prefixes.filter(
    (prefix) =>
      // A table of DynamoDB's may be named by whatever ARN the caller writes.
      prefix === "dynamodb" ||
      facts.service(prefix)?.resourceTypes.some(({ arn }) => {
        const service = serviceOf(arn);
        return service === "*" || services.has(service);
      }),
  );
}

const { actions, further } = cloudtrailActions;

/** Where calls of other services are checked for actions of these. */
function furtherServices(prefixes: readonly string[]): readonly Predicate[] {
  const isOfThese = (action: string): boolean => prefixes.includes(action.split(":")[0] ?? "");
  const ids = [
    ...Object.entries(actions).filter(([, list]) => list.some(isOfThese)),
    ...Object.entries(further).filter(([, list]) => list.some(({ action }) => isOfThese(action))),
  ].map(([id]) => id.split(":")[0] ?? "");
  return [...new Set(ids)]
    .filter((prefix) => !prefixes.includes(prefix))
    .map((prefix) => ofServices([prefix]));
}

/**
 * Where the record does not name a bucket that none of the patterns can be about. Calls that are
 * about a second bucket, and those of objects without a key, are kept.
 */
function bucketPredicate(patterns: readonly string[], dialect: Dialect): Predicate {
  const starts: string[] = [];
  for (const pattern of patterns) {
    const parts = pattern.split(":");
    // What is before the first wildcard, variable or slash starts the bucket's name.
    const [start = ""] = parts
      .slice(5)
      .join(":")
      .split(/[*?$/]/);
    if (parts[2] !== "s3") continue;
    if (start === "" || !/^[\w.-]+$/.test(start)) return true;
    starts.push(start);
  }
  const bucket = dialect.jsonMember("parameters", "bucketName");
  const key = dialect.jsonMember("parameters", "key");
  const isNamed = (member: string): Predicate => `coalesce(${member}, '') LIKE '"_%"'`;
  const plainBucket =
    "(operation LIKE '%bucket%' AND operation NOT LIKE '%object%' AND operation NOT LIKE '%multipart%')";
  const isExact = and(
    "service = 's3'",
    "operation NOT LIKE '%copy%'",
    isNamed(bucket),
    or(isNamed(key), plainBucket),
  );
  const isListed = or(
    ...starts.map((start) => likePattern(`coalesce(${bucket}, '')`, `"${start}*`)),
  );
  return not(and(isExact, not(isListed)));
}
