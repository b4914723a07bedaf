import { describe, expect, test } from "vitest";
import { securityServices } from "./registry.ts";

/** A node of a JSON Schema, as far as it is walked. */
interface Node {
  readonly $ref?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly allOf?: readonly Node[];
  readonly $defs?: Readonly<Record<string, Node>>;
}

/** Paths of members that say nothing of what they are. */
function undescribed(root: Node): readonly string[] {
  const found: string[] = [];
  const follow = (node: Node): Node => {
    const name = node.$ref?.split("/").at(-1);
    return name === undefined ? node : { ...(root.$defs?.[name] ?? {}), ...node };
  };
  const walk = (given: Node, path: string, depth: number): void => {
    const node = follow(given);
    if (depth > 20) return;
    for (const [name, member] of Object.entries(node.properties ?? {})) {
      const inner = `${path}.${name}`;
      if (follow(member).description === undefined) found.push(inner);
      walk(member, inner, depth + 1);
    }
    const { additionalProperties, items, anyOf = [], oneOf = [], allOf = [] } = node;
    if (typeof additionalProperties === "object")
      walk(additionalProperties, `${path}.*`, depth + 1);
    if (items !== undefined) walk(items, `${path}[]`, depth + 1);
    for (const one of [...anyOf, ...oneOf, ...allOf]) walk(one, path, depth + 1);
  };
  walk(root, "", 0);
  return [...new Set(found)];
}

describe("the schema of every service's block", () => {
  test.each(Object.keys(securityServices))("%s: each member says what it is", async (id) => {
    const { z } = await import("zod");
    const service = await securityServices[id]?.();
    if (service === undefined) throw new Error(`${id} is not registered`);
    const schema = z.toJSONSchema(service.schema, { io: "input", unrepresentable: "any" });
    expect(undescribed(schema as Node)).toEqual([]);
  });

  test("a member without words is found, however deep", () => {
    expect(
      undescribed({
        properties: {
          a: { description: "a", items: { $ref: "#/$defs/inner" } },
          b: { anyOf: [{ properties: { c: {} } }] },
        },
        $defs: { inner: { properties: { d: {} } } },
      }),
    ).toEqual([".a[].d", ".b", ".b.c"]);
  });
});
