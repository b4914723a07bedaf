import { camelCase, type Template } from "./template.ts";

/** A rule of `orgrail audit`: `guardduty/members`. */
export function auditTemplate(id: string): Template {
  const [, name = ""] = id.split("/");
  const folder = "src/audit/rules";
  const content = `import { flagAt } from "../../read-state.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Say what is so where it passes. */
export const ${camelCase(name)}: AuditRule = {
  id: "${id}",
  title: "Say in a few words what is so where it passes",
  severity: "medium",
  why: "Say what goes wrong in an organization where it fails.",
  remedy: "Say what to do about it.",
  compliance: {},
  sources: ["https://docs.aws.amazon.com/"],
  evaluate: (context) => {
    const value = flagAt(context.service("backup"), "global", "isMpaEnabled");
    if (value === undefined) return [unknown(context.whyUnread("services/backup/globalSettings"))];
    return [verdict(value, { pass: "It is.", fail: "It is not." }, {}, fact("it", value))];
  },
  breaks: { "services/backup/global/isMpaEnabled": false },
};
`;
  return {
    files: [{ path: `${folder}/${id}.ts`, content }],
    registrations: [],
    next: [
      `Fill in ${folder}/${id}.ts: what breaks the example organization is its test, and its page of`,
      "the reference is made from it. Then `npm run fix && npm run generate`.",
    ].join("\n"),
  };
}
