import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";

/** Members of a policy that are not settings: who it is, and which version. */
const identity: readonly string[] = [
  "PolicyId",
  "PolicyName",
  "PolicyUpdateToken",
  "PolicyStatus",
  "ResourceSetIds",
];

/**
 * A policy of the SDK in the form in which policies are compared: without what names it, its
 * `ManagedServiceData` parsed, `ResourceTypeList` in place of a single type.
 */
export function comparable(policy: JsonObject): JsonObject {
  const { SecurityServicePolicyData: data, ResourceType, ResourceTypeList, ...rest } = policy;
  const service = isJsonObject(data ?? null) ? (data as JsonObject) : {};
  const types = Array.isArray(ResourceTypeList) && ResourceTypeList.length > 0;
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([member]) => !identity.includes(member))),
    SecurityServicePolicyData: {
      ...service,
      ...(typeof service.ManagedServiceData === "string"
        ? { ManagedServiceData: parsed(service.ManagedServiceData) }
        : {}),
    },
    ResourceTypeList: (types
      ? [...(ResourceTypeList as readonly string[])]
      : [String(ResourceType ?? "")]
    ).sort(),
  };
}

/**
 * Those members of a value that another names, at every depth; lists are compared whole. What AWS
 * adds of its own is no difference then.
 */
export function pickedAs(value: Json, like: Json): Json {
  if (isJsonObject(like)) {
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.keys(like).map((member): [string, Json] => [
        member,
        pickedAs(value[member] ?? emptyLike(like[member]), like[member] ?? null),
      ]),
    );
  }
  if (Array.isArray(like) && Array.isArray(value) && like.length === value.length) {
    return value.map((item: Json, index) =>
      pickedAs(item, (like as readonly Json[])[index] ?? null),
    );
  }
  return value;
}

/** What AWS leaves out when it is empty. */
function emptyLike(like: Json | undefined): Json {
  if (Array.isArray(like) && like.length === 0) return [];
  if (isJsonObject(like ?? null) && Object.keys(like as JsonObject).length === 0) return {};
  return like === false || like === "" ? like : null;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
