import { camelCase, pascalCase, type Template } from "./template.ts";

/** A command `orgrail VERB` in the folder of its noun: `policy/lint`. */
export function commandTemplate(path: string): Template {
  const [noun = "", verb = ""] = path.split("/");
  const value = camelCase(verb);
  const type = `${pascalCase(verb)}Options`;
  const folder = `src/cli/commands/${noun}`;
  const description = `import type { Command } from "../../command.ts";

/** Options of \`orgrail ${verb}\`. */
export interface ${type} {
  readonly out: string | undefined;
}

/** \`orgrail ${verb}\`. */
export const ${value}: Command<${type}> = {
  path: ["${verb}"],
  group: "Organization",
  summary: "Say in one line what ${verb} does",
  description: ["Say what it reads, what it writes, and what it never does."],
  options: {
    out: { kind: "text", short: "o", value: "FILE", description: "write here" },
  },
  examples: [{ command: "orgrail ${verb} --out FILE", says: "what this is good for" }],
  exits: ["done", "failure"],
  load: async () => (await import("./${verb}.ts")).run,
};
`;
  const body = `import type { Run } from "../../command.ts";
import type { ${type} } from "./${verb}.command.ts";

/** Runs \`orgrail ${verb}\`. */
export const run: Run<${type}> = async (_deps, options) => {
  const result = { out: options.out ?? null };
  return { result, text: () => JSON.stringify(result) };
};
`;
  const test = `import { expect, test } from "vitest";
import { cliHost } from "../../../../test/support/cli-host.ts";
import { main } from "../../main.ts";

test("orgrail ${verb} prints its result in the envelope", async () => {
  const host = cliHost();
  expect(await main(["${verb}", "--out", "file", "--json"], host)).toBe(0);
  expect(JSON.parse(host.out())).toMatchObject({ command: "${verb}", result: { out: "file" } });
});
`;
  return {
    files: [
      { path: `${folder}/${verb}.command.ts`, content: description },
      { path: `${folder}/${verb}.ts`, content: body },
      { path: `${folder}/${verb}.test.ts`, content: test },
    ],
    registrations: [
      {
        path: "src/cli/commands/table.ts",
        lines: [
          { after: /^import /, line: `import { ${value} } from "./${noun}/${verb}.command.ts";` },
          { after: /^ {2}\w+,$/, line: `  ${value},` },
        ],
      },
    ],
    next: `Fill in ${folder}/${verb}.command.ts, then \`npm run fix && npm run generate\`.`,
  };
}
