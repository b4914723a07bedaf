import { camelCase, type Template } from "./template.ts";

/** A check of policies, as `orgrail lint` runs it: `empty-sid-value`. */
export function ruleTemplate(name: string): Template {
  const value = camelCase(name);
  const folder = "src/policy/lint/checks";
  const content = `import { allPolicyTypes, type Check, deny, sources } from "../check.ts";

/** Say which defect it finds. */
export const ${value}: Check = {
  code: "ORGRAIL6xxx",
  severity: "warning",
  types: allPolicyTypes,
  title: "Name the defect, not its remedy",
  why: "say what goes wrong in an organization that has it",
  remedy: "say what to write instead",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Sid: "Bad" }),
    good: deny({ Sid: "Good" }),
  },
  *check({ statements }) {
    for (const { sid } of statements) {
      if (sid?.value === "Bad") yield { at: sid, summary: "say what is wrong here" };
    }
  },
};
`;
  return {
    files: [{ path: `${folder}/${name}.ts`, content }],
    registrations: [],
    next: [
      `Give ${folder}/${name}.ts a code of IAM Access Analyzer or the next free ORGRAIL6xxx; its example`,
      "is its test, and its page of the reference is made from it. Then `npm run fix && npm run generate`.",
    ].join("\n"),
  };
}
