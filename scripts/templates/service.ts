import { camelCase, type Template } from "./template.ts";

/** An AWS service by its IAM prefix: `macie2`. */
export function serviceTemplate(prefix: string): Template {
  const value = camelCase(prefix);
  const folder = `src/services/${prefix}`;
  const description = `import type { Service } from "../service.ts";

/** Say what AWS calls this service, and what of it orgrail manages. */
export const ${value}: Service = {
  id: "${prefix}",
  title: "${prefix}",
  permissions: { read: [], write: [] },
  probes: [],
  changes: {},
};
`;
  const test = `import { describe, expect, test } from "vitest";
import { ${value} } from "./service.ts";

describe("${prefix}", () => {
  test("is found by its IAM prefix", async () => {
    const { services } = await import("../registry.ts");
    expect(await services[${value}.id]?.()).toBe(${value});
  });

  test("names permissions of its own prefix, sorted", () => {
    for (const list of Object.values(${value}.permissions)) {
      expect(list).toEqual([...list].sort());
      for (const action of list) expect(action).toMatch(/^${prefix}:[A-Z]\\w+$/);
    }
  });
});
`;
  return {
    files: [
      { path: `${folder}/service.ts`, content: description },
      { path: `${folder}/service.test.ts`, content: test },
    ],
    registrations: [
      {
        path: "src/services/registry.ts",
        lines: [
          {
            after: /^ {2}["\w-]+: async \(\) =>/,
            line: `  ${JSON.stringify(prefix)}: async () => (await import("./${prefix}/service.ts")).${value},`,
          },
        ],
      },
    ],
    next: [
      `Declare in ${folder}/service.ts what it reads and writes; put one handler an operation into`,
      "changes; serve the same operations in sandbox/ and list them in src/services/sandboxes.ts.",
      "Then `npm run fix && npm run generate`.",
    ].join("\n"),
  };
}
