import type { CloudTrailEvent } from "../core/event.ts";
import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import { partitions } from "../data/partitions.ts";
import { globMatches } from "../policy/lint/glob.ts";
import { arnAccount } from "../policy/principal-facts.ts";
import type { CheckedAction } from "./actions-of.ts";
import type { CallKey } from "./call.ts";

/** The resources that a call is checked for. */
export interface CallResources {
  /** Each is checked. */
  readonly known: readonly string[];
  /**
   * ARNs of one resource of which the record does not say which is its own, such as those of a role
   * whose path is not recorded: what all agree on is certain.
   */
  readonly alternatives: readonly string[];
  /** Whether these are all. */
  readonly complete: boolean;
  /** The account that owns them, where the record or their ARNs say it. */
  readonly owner?: string;
}

const none: CallResources = { known: ["*"], alternatives: [], complete: true };
const unknown: CallResources = { known: [], alternatives: [], complete: false };

/** A path that no policy names. */
const somePath = "\u0001/";

/**
 * The resources of a call, as far as its record tells. Actions without resource types are checked
 * for `*`. Of the others ARNs are taken that the record itself holds and that are of a type of the
 * action, and those of buckets, objects, functions, tables, users and roles, which it names.
 */
export function resourcesOf(
  checked: CheckedAction,
  key: CallKey,
  event: CloudTrailEvent | undefined,
  account: string,
): CallResources {
  const types = checked.facts.resourceTypes;
  if (types.length === 0) return none;
  if (event === undefined) return unknown;
  const parameters = isJsonObject(event.requestParameters) ? event.requestParameters : undefined;
  const named =
    parameters === undefined ? undefined : namedResource(checked, parameters, key, account);
  // Some calls name what they are about by another thing: a user to be added to a group.
  if (named !== undefined && [...named.known, ...named.alternatives].every(typeTest(checked))) {
    return owned(named, event);
  }
  const known = arnsOf(checked, event, parameters);
  // Optional types may be checked beside the one that is found.
  const complete = parameters !== undefined && known.length > 0 && types.length === 1;
  return owned({ known, alternatives: [], complete }, event);
}

/** Adds who owns the resources, where all are of one account. */
function owned(found: CallResources, { resources }: CloudTrailEvent): CallResources {
  const all = [...found.known, ...found.alternatives];
  const told = new Map(
    (Array.isArray(resources) ? resources : []).flatMap((one) =>
      typeof one?.ARN === "string" && typeof one.accountId === "string"
        ? [[one.ARN, one.accountId] as const]
        : [],
    ),
  );
  const ownerOf = (arn: string): string | undefined =>
    told.get(arn) ?? arnAccount(arn) ?? told.get(bucketOf(arn));
  const owners = new Set(all.map(ownerOf));
  const [owner] = owners;
  return owners.size === 1 && owner !== undefined ? { ...found, owner } : found;
}

/** The ARN of an object's bucket. */
function bucketOf(arn: string): string {
  return /^arn:[^:]*:s3:::[^/]+/.exec(arn)?.[0] ?? arn;
}

function arnsOf(
  checked: CheckedAction,
  event: CloudTrailEvent,
  parameters: JsonObject | undefined,
): readonly string[] {
  const { parameter } = checked;
  const texts: string[] = [];
  collectArns((parameter === undefined ? parameters : parameters?.[parameter]) ?? null, texts, 0);
  if (parameter === undefined) {
    for (const resource of Array.isArray(event.resources) ? event.resources : []) {
      if (typeof resource?.ARN === "string") texts.push(resource.ARN);
    }
  }
  return [...new Set(texts)].filter(typeTest(checked));
}

/** Tells ARNs of the action's types of resources. */
function typeTest({ facts }: CheckedAction): (arn: string) => boolean {
  return (arn) => facts.resourceTypes.some(({ type }) => globMatches(type.arn, arn));
}

function collectArns(value: Json, found: string[], depth: number): void {
  if (typeof value === "string") {
    if (value.startsWith("arn:") && value.length <= 2048) found.push(value);
  } else if (Array.isArray(value)) {
    if (depth < 4) for (const item of value) collectArns(item, found, depth + 1);
  } else if (isJsonObject(value) && depth < 4) {
    for (const item of Object.values(value))
      if (item !== undefined) collectArns(item, found, depth + 1);
  }
}

/** ARNs of resources that the record names without an ARN. */
function namedResource(
  { action, parameter }: CheckedAction,
  parameters: JsonObject,
  key: CallKey,
  account: string,
): CallResources | undefined {
  // What a parameter adds is about what it holds, but for a version, which is of the same object.
  if (parameter !== undefined && parameter !== "versionId") return undefined;
  const text = (member: string): string | undefined => {
    const value = parameters[member];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const region = key.awsRegion ?? "";
  const partition = partitionOf(region);
  const [service = "", operation = ""] = action.split(":");
  const exactly = (arn: string): CallResources => ({
    known: [arn],
    alternatives: [],
    complete: true,
  });
  const owner = key.recipientAccountId ?? account;
  switch (service) {
    case "s3": {
      const bucket = text("bucketName");
      if (bucket === undefined || key.eventName?.includes("Copy") === true) return undefined;
      const object = text("key");
      const isObject =
        /Object|Multipart/.test(operation) && operation !== "ListBucketMultipartUploads";
      if (!isObject) return exactly(`arn:${partition}:s3:::${bucket}`);
      // A deletion of many objects names none.
      return object === undefined
        ? undefined
        : exactly(`arn:${partition}:s3:::${bucket}/${object}`);
    }
    case "dynamodb": {
      const table = text("tableName");
      if (table === undefined || text("indexName") !== undefined) return undefined;
      return exactly(
        table.startsWith("arn:")
          ? table
          : `arn:${partition}:dynamodb:${region}:${owner}:table/${table}`,
      );
    }
    case "lambda":
      return functionResource(
        text("functionName"),
        text("qualifier"),
        (name, of = owner) => `arn:${partition}:lambda:${region}:${of}:function:${name}`,
      );
    case "iam":
      return identityResource(operation, text, `arn:${partition}:iam::${owner}:`);
    default:
      return undefined;
  }
}

/** `name`, `123456789012:function:name`, or the whole ARN; each perhaps with a version or alias. */
const functionName =
  /^(?:(arn:[^:]+:lambda:[^:]*:\d{12}|\d{12}):function:)?([\w-]+)(?::([\w$-]+))?$/;

function functionResource(
  written: string | undefined,
  qualifier: string | undefined,
  arnOf: (name: string, account?: string) => string,
): CallResources | undefined {
  const [, place = "", name, suffix = qualifier] = functionName.exec(written ?? "") ?? [];
  if (name === undefined) return undefined;
  const arn = place.startsWith("arn:")
    ? `${place}:function:${name}`
    : arnOf(name, place === "" ? undefined : place);
  return suffix === undefined
    ? { known: [arn], alternatives: [], complete: true }
    : { known: [], alternatives: [arn, `${arn}:${suffix}`], complete: true };
}

function identityResource(
  operation: string,
  text: (member: string) => string | undefined,
  prefix: string,
): CallResources | undefined {
  const type = /User|LoginProfile|AccessKey|MFADevice/.test(operation)
    ? "user"
    : operation.includes("Role")
      ? "role"
      : undefined;
  const name = type === "user" ? text("userName") : type === "role" ? text("roleName") : undefined;
  if (type === undefined || name === undefined || operation.includes("InstanceProfile")) {
    return undefined;
  }
  const path = /^Create(User|Role)$/.test(operation) ? (text("path") ?? "/") : undefined;
  if (path !== undefined) {
    return { known: [`${prefix}${type}${path}${name}`], alternatives: [], complete: true };
  }
  const alternatives = [`${prefix}${type}/${name}`, `${prefix}${type}/${somePath}${name}`];
  return { known: [], alternatives, complete: true };
}

function partitionOf(region: string): string {
  const found = partitions.list.find(({ regionPrefixes }) =>
    regionPrefixes.some((prefix) => region.startsWith(prefix)),
  );
  return (found ?? partitions.list[0]).name;
}
