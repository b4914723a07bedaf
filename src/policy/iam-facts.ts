import { globMatches } from "./lint/glob.ts";

/** The types of condition keys that the Service Authorization Reference names. */
export type ConditionKeyType = "string" | "arn" | "bool" | "numeric" | "date" | "ip";

/** A condition key. A `*` in the name stands for what a user chooses, such as a tag's key. */
export interface ConditionKeyFacts {
  readonly name: string;
  readonly type: ConditionKeyType;
  readonly isMultivalued: boolean;
}

/** A resource type; `arn` has wildcards where an ARN has variables. */
export interface ResourceTypeFacts {
  readonly name: string;
  readonly arn: string;
  readonly conditionKeys: readonly string[];
}

/** How an action is classified. */
export type AccessLevel = "list" | "read" | "write" | "tagging" | "permissionsManagement";

/** An action of a service. */
export interface ActionFacts {
  /** As the reference writes it, without the service prefix. */
  readonly name: string;
  readonly level: AccessLevel;
  /** Empty when the action names no resource: its requests are for `*`. */
  readonly resourceTypes: readonly {
    readonly type: ResourceTypeFacts;
    readonly required: boolean;
  }[];
  /** Names of keys that the reference lists for the action; keys of resource types apart. */
  readonly conditionKeys: readonly string[];
}

/** What is known of one service. */
export interface ServiceFacts {
  readonly prefix: string;
  readonly name: string;
  /** By name in lower case. */
  readonly actions: ReadonlyMap<string, ActionFacts>;
  readonly resourceTypes: readonly ResourceTypeFacts[];
  readonly conditionKeys: readonly ConditionKeyFacts[];
}

/** An action with its service. */
export interface ServiceAction {
  readonly service: ServiceFacts;
  readonly action: ActionFacts;
}

/** The Service Authorization Reference, decoded as it is asked for. */
export interface IamFacts {
  /** Date of the data, and its version. */
  readonly asOf: string;
  readonly version: string;
  /** Prefixes of all services, in lower case, sorted. */
  readonly prefixes: readonly string[];
  /** A service by its prefix, whatever the case. */
  service(prefix: string): ServiceFacts | undefined;
  /** The actions that a pattern such as `s3:Get*` or `*` names; empty when it names none. */
  actionsMatching(pattern: string): readonly ServiceAction[];
  /** A condition key of any service, by its full name, whatever the case. */
  conditionKey(name: string): ConditionKeyFacts | undefined;
}

/** The form of the generated data. */
export interface EncodedIamFacts {
  readonly asOf: string;
  readonly version: string;
  readonly services: readonly string[];
}

const levels: Readonly<Record<string, AccessLevel>> = {
  L: "list",
  R: "read",
  W: "write",
  T: "tagging",
  P: "permissionsManagement",
};

const keyTypes: Readonly<Record<string, ConditionKeyType>> = {
  s: "string",
  a: "arn",
  b: "bool",
  n: "numeric",
  d: "date",
  i: "ip",
};

/** Longer patterns name nothing: no action's name comes near. */
const longestPattern = 256;

/**
 * Reads the generated data. One string a service, of lines: `prefix Name of the service`; resource
 * types `name arn keys` and condition keys `name type`, each list joined by `|`; then one line an
 * access level, its letter before its actions `name types keys`. Types and keys are referred to by
 * their place in base 36, a required type with `!`. A key's type in upper case is multivalued.
 */
export function iamFacts(data: EncodedIamFacts): IamFacts {
  const encoded = new Map(
    data.services.map((text) => [text.slice(0, text.indexOf(" ")).toLowerCase(), text]),
  );
  const decoded = new Map<string, ServiceFacts>();
  const matches = new Map<string, readonly ServiceAction[]>();
  let keys: Map<string, ConditionKeyFacts> | undefined;

  const service = (prefix: string): ServiceFacts | undefined => {
    const name = prefix.toLowerCase();
    const known = decoded.get(name);
    if (known !== undefined) return known;
    const text = encoded.get(name);
    if (text === undefined) return undefined;
    const facts = decodeService(text);
    decoded.set(name, facts);
    return facts;
  };

  const find = (pattern: string): readonly ServiceAction[] => {
    const colon = pattern.indexOf(":");
    const isEverything = colon < 0 && /^\*+$/.test(pattern);
    if (colon < 0 && !isEverything) return [];
    const prefix = isEverything ? "*" : pattern.slice(0, colon);
    const name = isEverything ? "*" : pattern.slice(colon + 1);
    const services = hasWildcard(prefix)
      ? [...encoded.keys()].filter((known) => globMatches(prefix, known))
      : [prefix];
    const found: ServiceAction[] = [];
    for (const facts of services.map(service)) {
      if (facts === undefined) continue;
      const exact = facts.actions.get(name);
      if (exact !== undefined) found.push({ service: facts, action: exact });
      if (!hasWildcard(name)) continue;
      for (const [key, action] of facts.actions) {
        if (globMatches(name, key)) found.push({ service: facts, action });
      }
    }
    return found;
  };

  const allKeys = (): Map<string, ConditionKeyFacts> => {
    if (keys !== undefined) return keys;
    keys = new Map();
    for (const prefix of encoded.keys()) {
      for (const key of service(prefix)?.conditionKeys ?? []) {
        const name = key.name.toLowerCase();
        if (!keys.has(name)) keys.set(name, key);
      }
    }
    return keys;
  };

  return {
    asOf: data.asOf,
    version: data.version,
    prefixes: [...encoded.keys()].sort(),
    service,
    actionsMatching: (pattern) => {
      const key = pattern.toLowerCase().replace(/\*+/g, "*");
      if (key.length > longestPattern) return [];
      const known = matches.get(key);
      if (known !== undefined) return known;
      const found = find(key);
      // A hostile policy can name any number of patterns; the memory must not grow with them.
      if (matches.size < 5000) matches.set(key, found);
      return found;
    },
    conditionKey: (name) => {
      const key = name.toLowerCase();
      const own = findKey(service(key.slice(0, key.indexOf(":")))?.conditionKeys ?? [], key);
      if (own !== undefined) return own;
      const index = allKeys();
      const exact = index.get(key);
      if (exact !== undefined) return exact;
      const slash = key.indexOf("/");
      return slash < 0 ? undefined : index.get(`${key.slice(0, slash)}/*`);
    },
  };
}

function hasWildcard(text: string): boolean {
  return text.includes("*") || text.includes("?");
}

function findKey(
  keys: readonly ConditionKeyFacts[],
  lowerCaseName: string,
): ConditionKeyFacts | undefined {
  return keys.find((key) => {
    const name = key.name.toLowerCase();
    return name === lowerCaseName || (name.includes("*") && globMatches(name, lowerCaseName));
  });
}

function decodeService(text: string): ServiceFacts {
  const [head = "", typeLine = "", keyLine = "", ...actionLines] = text.split("\n");
  const space = head.indexOf(" ");
  const conditionKeys = list(keyLine, "|").map((entry): ConditionKeyFacts => {
    const [name = "", letter = "s"] = entry.split(" ");
    return {
      name,
      type: keyTypes[letter.toLowerCase()] ?? "string",
      isMultivalued: letter !== letter.toLowerCase(),
    };
  });
  const keyNames = (field: string | undefined): readonly string[] =>
    list(field ?? "", ",").flatMap(
      (index) => conditionKeys[Number.parseInt(index, 36)]?.name ?? [],
    );
  const resourceTypes = list(typeLine, "|").map((entry): ResourceTypeFacts => {
    const [name = "", arn = "", keys] = entry.split(" ");
    return { name, arn, conditionKeys: keyNames(keys) };
  });
  const actions = new Map<string, ActionFacts>();
  for (const line of actionLines) {
    const level = levels[line.charAt(0)] ?? "write";
    for (const entry of list(line.slice(1), "|")) {
      const [name = "", types = "", keys] = entry.split(" ");
      actions.set(name.toLowerCase(), {
        name,
        level,
        resourceTypes: list(types, ",").flatMap((item) => {
          const type = resourceTypes[Number.parseInt(item, 36)];
          return type === undefined ? [] : [{ type, required: item.endsWith("!") }];
        }),
        conditionKeys: keyNames(keys),
      });
    }
  }
  const prefix = head.slice(0, space).toLowerCase();
  return { prefix, name: head.slice(space + 1), actions, resourceTypes, conditionKeys };
}

function list(text: string, separator: string): readonly string[] {
  return text === "" ? [] : text.split(separator);
}
