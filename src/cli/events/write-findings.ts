import { InputError } from "../../core/app-error.ts";
import type { Finding } from "../../core/finding.ts";
import { identifierPatterns } from "../../core/identifiers.ts";
import { partitions } from "../../data/partitions.ts";
import type { FindingRule, FindingTool } from "../../report/finding-rule.ts";
import { type AsffHub, renderFindingsAsff } from "../../report/findings-asff.ts";
import { renderFindingsJsonLines } from "../../report/findings-json-lines.ts";
import { renderFindingsJunit } from "../../report/findings-junit.ts";
import { renderFindingsOcsf } from "../../report/findings-ocsf.ts";
import { renderFindingsSarif } from "../../report/findings-sarif.ts";
import type { Deps } from "../deps.ts";
import { programFacts } from "../program-facts.gen.ts";

/** How findings of events are written for machines. */
export interface FindingFormat {
  readonly format: string;
  /** `ACCOUNT:REGION`, for `asff`. */
  readonly hub: string | undefined;
  readonly rules: readonly {
    readonly id: string;
    readonly title: string;
    readonly why: string;
    readonly sources: readonly string[];
  }[];
  readonly at: Date;
}

/** Writes findings to standard output in a format for machines. */
export function writeFindings(
  deps: Deps,
  findings: readonly Finding[],
  format: FindingFormat,
): void {
  deps.stdout.write(rendered(findings, format));
}

function rendered(findings: readonly Finding[], { format, hub, rules, at }: FindingFormat): string {
  const tool: FindingTool = {
    version: programFacts.version,
    writtenAt: at.toISOString(),
    kind: "detection",
  };
  switch (format) {
    case "jsonl":
      return renderFindingsJsonLines(findings);
    case "ocsf":
      return renderFindingsOcsf(findings, tool);
    case "asff":
      return renderFindingsAsff(findings, tool, hubOf(hub));
    case "junit":
      return renderFindingsJunit(findings, "orgrail detect");
    default:
      return renderFindingsSarif(findings, tool, rules.map(described));
  }
}

function described({ id, title, why, sources }: FindingFormat["rules"][number]): FindingRule {
  const [helpUri] = sources;
  return { id, title, why, ...(helpUri === undefined ? {} : { helpUri }) };
}

/** Reads `ACCOUNT:REGION`. */
export function hubOf(text: string | undefined): AsffHub {
  const [account = "", region = ""] = text?.split(":") ?? [];
  if (!identifierPatterns.account.test(account) || !identifierPatterns.region.test(region)) {
    throw new InputError(
      "ORGRAIL5304",
      text === undefined ? "--format asff needs --hub" : `--hub is \`${text}\``,
      [],
      "give it the account and Region of the Security Hub: --hub 222222222222:eu-west-1",
    );
  }
  const partition = partitions.list.find(({ regionPrefixes }) =>
    regionPrefixes.some((prefix) => region.startsWith(prefix)),
  );
  return { account, region, partition: partition?.name ?? "aws" };
}
