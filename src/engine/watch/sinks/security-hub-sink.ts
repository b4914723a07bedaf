import type { Aws } from "../../../aws/aws.ts";
import type { Clock } from "../../../core/clock.ts";
import { securityHubFacts } from "../../../data/securityhub.ts";
import { type AsffHub, asffFinding } from "../../../report/findings-asff.ts";
import { sendFindings } from "../../../services/securityhub/send-findings.ts";
import { type Sink, SinkFailure } from "../sink.ts";

/** What findings are sent to Security Hub with. */
export interface SecurityHubSinkOptions {
  readonly name: string;
  readonly aws: Aws;
  readonly hub: AsffHub;
  /** Version of orgrail. */
  readonly version: string;
  readonly clock: Clock;
}

/** Codes by which Security Hub says that a finding is wrong, and not that it cannot take it now. */
const refusals: ReadonlySet<string> = new Set(["InvalidInput", "TooLarge", "FindingNotFound"]);

/** Security Hub, by findings in its format; the same finding sent again updates the one there. */
export function securityHubSink(options: SecurityHubSinkOptions): Sink {
  const { name, aws, hub, version, clock } = options;
  return {
    name,
    most: securityHubFacts.findings.perBatch,
    deliver: async (findings, signal) => {
      const writtenAt = new Date(clock.now()).toISOString();
      const tool = { version, writtenAt, kind: "detection" } as const;
      const sent = findings.map((finding) => asffFinding(finding, tool, hub));
      const { unsent, error } = await sendFindings(aws, sent, { region: hub.region, signal });
      if (error !== undefined) throw new SinkFailure(error.message);
      const later = unsent.find(({ code }) => !refusals.has(code));
      if (later !== undefined)
        throw new SinkFailure(`Security Hub: ${later.code} ${later.message}`);
      const idOf = new Map(sent.map(({ Id = "" }, index) => [Id, findings[index]?.id ?? ""]));
      return unsent.map(({ id, code, message }) => ({
        id: idOf.get(id) ?? id,
        reason: `${code}: ${message}`,
      }));
    },
  };
}
