import { camelCase, type Template } from "./template.ts";

/** A rule over events, as `orgrail detect` runs it: `organizations/detach-policy`. */
export function detectTemplate(id: string): Template {
  const [area = "", name = ""] = id.split("/");
  const folder = "src/detect/rules";
  const content = `import { call } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** Say what happens. */
export const ${camelCase(name)}: DetectRule = {
  id: "${id}",
  title: "Say in a few words what happened",
  severity: "medium",
  why: "Say what goes wrong in an organization where it happens.",
  remedy: "Say what to do about it.",
  sources: ["https://docs.aws.amazon.com/"],
  events: events("${area}", "DoSomething"),
  counts: "success",
  evaluate: (event) => {
    const thing = requestText(event, "name");
    return {
      verb: ["do", "did"],
      object: \`something to \${thing ?? "a thing"}\`,
      ...(thing === undefined ? {} : { resource: thing }),
    };
  },
  example: {
    hit: [call("${area}", "DoSomething", { name: "example" })],
    pass: [call("${area}", "DescribeSomething", { name: "example" })],
  },
};
`;
  return {
    files: [{ path: `${folder}/${id}.ts`, content }],
    registrations: [],
    next: [
      `Fill in ${folder}/${id}.ts: its examples are its test, and its page of the reference is made`,
      "from it. Then `npm run fix && npm run generate`.",
    ].join("\n"),
  };
}
