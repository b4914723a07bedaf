import { describe, expect, test } from "vitest";
import { auditTemplate } from "../scripts/templates/audit.ts";
import { commandTemplate } from "../scripts/templates/command.ts";
import { detectTemplate } from "../scripts/templates/detect.ts";
import { ruleTemplate } from "../scripts/templates/rule.ts";
import { serviceTemplate } from "../scripts/templates/service.ts";
import type { Template } from "../scripts/templates/template.ts";
import { sourceFiles } from "./support/source-files.ts";

const templates: readonly (readonly [string, Template])[] = [
  ["command", commandTemplate("organization/do-nothing")],
  ["service", serviceTemplate("no-service")],
  ["rule", ruleTemplate("no-defect")],
  ["detect", detectTemplate("nothing/no-event")],
  ["audit", auditTemplate("nothing/no-rule")],
];

describe.each(templates)("npm run new -- %s", (_, template) => {
  test("finds its place in every list that it registers with", () => {
    for (const { path, lines } of template.registrations) {
      const [file] = sourceFiles(path);
      for (const { after, line } of lines) {
        expect(file?.text.split("\n").filter((text) => after.test(text))).not.toEqual([]);
        expect(line).toMatch(after);
      }
    }
  });

  test("puts its files beside ones of their kind", () => {
    for (const { path, content } of template.files) {
      const folder = path.split("/").slice(0, 2).join("/");
      expect(sourceFiles(folder).length).toBeGreaterThan(0);
      expect(content).toMatch(/^import .*\n[\s\S]*\n$/);
    }
  });
});
