import type { Aws, CallOptions } from "../../aws/aws.ts";
import type { LayerControl } from "../../layers/control.ts";
import { type AskContext, ask } from "./ask.ts";

/** What Access Analyzer finds of a resource: the organization's analyzer, else the account's own. */
export function analyzerFindings({ aws, how, arn, analyzer }: AskContext): Promise<LayerControl> {
  return ask(
    ["external-access", "Access from outside, as found", "access-analyzer:ListFindingsV2"],
    async () => {
      const analyzerArn = analyzer ?? (await ownAnalyzer(aws, how));
      if (analyzerArn === undefined) {
        return { state: "off", reason: "no analyzer for external access looks at it", value: null };
      }
      const [, , , region = "", account = ""] = analyzerArn.split(":");
      const where = { ...how, region, account };
      const input = {
        analyzerArn,
        filter: { resource: { eq: [arn] }, status: { eq: ["ACTIVE"] } },
      };
      const found: string[] = [];
      for await (const page of aws.pages("access-analyzer", "ListFindingsV2", input, where)) {
        found.push(...(page.findings ?? []).map(({ id = "" }) => id));
      }
      return {
        state: found.length === 0 ? "on" : "off",
        reason:
          found.length === 0
            ? "no active finding"
            : `${found.length} active finding${found.length === 1 ? "" : "s"}`,
        value: found,
      };
    },
  );
}

async function ownAnalyzer(aws: Aws, how: CallOptions): Promise<string | undefined> {
  const { analyzers = [] } = await aws.call(
    "access-analyzer",
    "ListAnalyzers",
    { type: "ACCOUNT" },
    how,
  );
  return analyzers.find(({ status }) => status === "ACTIVE")?.arn;
}

/** What AWS Config says of a resource's compliance with its rules. */
export function configCompliance(
  { aws, how }: AskContext,
  ResourceType: string,
  ResourceId: string,
): Promise<LayerControl> {
  return ask(
    ["config-compliance", "Rules of AWS Config", "config:GetComplianceDetailsByResource"],
    async () => {
      const failing: string[] = [];
      let count = 0;
      const input = { ResourceType, ResourceId };
      for await (const page of aws.pages("config", "GetComplianceDetailsByResource", input, how)) {
        for (const { ComplianceType, EvaluationResultIdentifier: of } of page.EvaluationResults ??
          []) {
          count += 1;
          const rule = of?.EvaluationResultQualifier?.ConfigRuleName ?? "?";
          if (ComplianceType === "NON_COMPLIANT") failing.push(rule);
        }
      }
      if (count === 0) return { state: "off", reason: "no rule has looked at it", value: [] };
      return {
        state: failing.length === 0 ? "on" : "partial",
        reason:
          failing.length === 0
            ? `it keeps all ${count} rules`
            : `it breaks ${failing.join(", ")}, of ${count} rules`,
        value: failing,
      };
    },
  );
}
