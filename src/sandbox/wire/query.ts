import type { Report } from "./json.ts";
import type { Member, Shape } from "./shape.ts";
import { readTimestamp } from "./timestamp.ts";

/** The parameters of a query request as a tree: `Tags.member.1.Key` is three levels deep. */
export interface ParameterTree {
  value?: string;
  readonly children: Map<string, ParameterTree>;
}

/** Folds the parameters of an `application/x-www-form-urlencoded` body into a tree. */
export function parameterTree(parameters: Iterable<readonly [string, string]>): ParameterTree {
  const root: ParameterTree = { children: new Map() };
  for (const [name, value] of parameters) {
    let node = root;
    for (const part of name.split(".")) {
      let child = node.children.get(part);
      if (child === undefined) {
        child = { children: new Map() };
        node.children.set(part, child);
      }
      node = child;
    }
    node.value = value;
  }
  return root;
}

/** How a query protocol names parameters. */
export interface QueryRules {
  nameOf(member: Member): string;
  /** Every list is flat: `Name.1`, never `Name.member.1`. */
  readonly hasFlatLists: boolean;
}

/** The rules of awsQuery. */
export const awsQueryRules: QueryRules = { nameOf: ({ xmlName }) => xmlName, hasFlatLists: false };

/** The rules of ec2Query: names begin with a capital. */
export const ec2QueryRules: QueryRules = {
  nameOf: ({ xmlName, shape }) =>
    shape.traits.ec2QueryName ?? `${xmlName.slice(0, 1).toUpperCase()}${xmlName.slice(1)}`,
  hasFlatLists: true,
};

/** Reads the parameters of a query request by the shape of its input. */
export function fromQuery(
  shape: Shape,
  tree: ParameterTree,
  report: Report,
  path = "",
  rules: QueryRules = awsQueryRules,
): unknown {
  const wrong = (expected: string): undefined => {
    report(path, `expected ${expected}`);
    return undefined;
  };
  switch (shape.kind) {
    case "unit":
      return undefined;
    case "structure": {
      const result: Record<string, unknown> = {};
      for (const one of shape.members) {
        const { name, shape: member } = one;
        const child = tree.children.get(rules.nameOf(one));
        if (child === undefined) continue;
        const inner = path === "" ? name : `${path}.${name}`;
        result[name] = fromQuery(member, child, report, inner, rules);
      }
      return result;
    }
    case "list": {
      const flat = rules.hasFlatLists || shape.traits.xmlFlattened === 1;
      const holder = flat ? tree : tree.children.get(shape.item.traits.xmlName ?? "member");
      return numbered(holder).map((child, index) =>
        fromQuery(shape.item, child, report, `${path}[${index}]`, rules),
      );
    }
    case "map": {
      const flat = shape.traits.xmlFlattened === 1;
      const entries = numbered(flat ? tree : tree.children.get("entry"));
      const result: Record<string, unknown> = {};
      for (const entry of entries) {
        const key = entry.children.get(shape.key.traits.xmlName ?? "key")?.value;
        const value = entry.children.get(shape.item.traits.xmlName ?? "value");
        if (key === undefined || value === undefined) continue;
        result[key] = fromQuery(shape.item, value, report, `${path}.${key}`, rules);
      }
      return result;
    }
    case "number": {
      const number = Number(tree.value);
      return tree.value === undefined || Number.isNaN(number) ? wrong("a number") : number;
    }
    case "boolean":
      if (tree.value === "true") return true;
      return tree.value === "false" ? false : wrong("`true` or `false`");
    case "timestamp":
      return readTimestamp(tree.value) ?? wrong("a timestamp");
    case "blob":
      return Buffer.from(tree.value ?? "", "base64");
    case "string":
    case "document":
      return tree.value ?? wrong("a string");
  }
}

/** The children `1`, `2`, ... in the order of their numbers. */
function numbered(tree: ParameterTree | undefined): ParameterTree[] {
  if (tree === undefined) return [];
  return [...tree.children]
    .filter(([name]) => /^\d+$/.test(name))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);
}
