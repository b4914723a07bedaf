import type { AuditRule } from "../../../audit/rule.ts";
import type { Finding } from "../../../core/finding.ts";
import type { FindingTool } from "../../../report/finding-rule.ts";
import { renderFindingsAsff } from "../../../report/findings-asff.ts";
import { renderFindingsCsv } from "../../../report/findings-csv.ts";
import { renderFindingsHtml } from "../../../report/findings-html.ts";
import { renderFindingsJsonLines } from "../../../report/findings-json-lines.ts";
import { renderFindingsJunit } from "../../../report/findings-junit.ts";
import { renderFindingsOcsf } from "../../../report/findings-ocsf.ts";
import { renderFindingsSarif } from "../../../report/findings-sarif.ts";
import type { Deps } from "../../deps.ts";
import { hubOf } from "../../events/write-findings.ts";
import { programFacts } from "../../program-facts.gen.ts";

const linesAtOnce = 20_000;

/** Writes what an audit found to standard output in a format for machines. */
export function writeAudit(
  deps: Deps,
  findings: readonly Finding[],
  {
    format,
    hub,
    rules,
    at,
    about,
  }: {
    readonly format: string;
    readonly hub: string | undefined;
    readonly rules: readonly AuditRule[];
    readonly at: Date;
    readonly about: { readonly organizationId: string; readonly takenAt: string };
  },
): void {
  const tool: FindingTool = {
    version: programFacts.version,
    writtenAt: at.toISOString(),
    kind: "compliance",
  };
  if (format === "jsonl") {
    // Lines stand alone: a large organization's do not fit into one text.
    for (let from = 0; from < findings.length; from += linesAtOnce) {
      deps.stdout.write(renderFindingsJsonLines(findings.slice(from, from + linesAtOnce)));
    }
    return;
  }
  const render = (): string => {
    switch (format) {
      case "csv":
        return renderFindingsCsv(findings);
      case "html":
        return renderFindingsHtml(findings, {
          title: `Audit of ${about.organizationId}`,
          takenAt: about.takenAt,
          rules,
        });
      case "junit":
        return renderFindingsJunit(findings, "orgrail audit");
      case "ocsf":
        return renderFindingsOcsf(findings, tool);
      case "asff":
        return renderFindingsAsff(findings, tool, hubOf(hub));
      default: {
        // SARIF is for what is wrong; a result of another status would be shown as an error.
        const failed = findings.filter(({ status }) => status === "fail");
        return renderFindingsSarif(
          failed,
          tool,
          rules.map(({ id, title, why, sources: [helpUri] }) => ({
            id,
            title,
            why,
            ...(helpUri === undefined ? {} : { helpUri }),
          })),
        );
      }
    }
  };
  deps.stdout.write(render());
}
