import type { SandboxService } from "../../../sandbox/service.ts";
import * as analyzers from "./analyzers.ts";
import * as archiveRules from "./archive-rules.ts";
import { invalid } from "./errors.ts";
import { listFindings } from "./findings.ts";

/** The sandbox's IAM Access Analyzer: analyzers, their archive rules and findings. */
export const accessAnalyzerSandbox: SandboxService = {
  id: "access-analyzer",
  signingName: "access-analyzer",
  protocol: "restJson1",
  sdk: () => import("@aws-sdk/client-accessanalyzer"),
  handlers: {
    CreateAnalyzer: analyzers.createAnalyzer,
    CreateArchiveRule: archiveRules.createArchiveRule,
    DeleteAnalyzer: analyzers.deleteAnalyzer,
    DeleteArchiveRule: archiveRules.deleteArchiveRule,
    GetAnalyzer: analyzers.getAnalyzer,
    GetArchiveRule: archiveRules.getArchiveRule,
    ListAnalyzers: analyzers.listAnalyzers,
    ListArchiveRules: archiveRules.listArchiveRules,
    ListFindingsV2: listFindings,
    UpdateAnalyzer: analyzers.updateAnalyzer,
    UpdateArchiveRule: archiveRules.updateArchiveRule,
  },
  authorization: (context, operation, input) => {
    const { analyzerArn, analyzerName } = input as Readonly<Record<string, string | undefined>>;
    if (analyzerArn !== undefined) {
      // The newer operation has the older one's permission.
      return { action: "access-analyzer:ListFindings", resource: analyzerArn };
    }
    const { caller, region } = context;
    const base = `arn:aws:access-analyzer:${region}:${caller.account}:analyzer`;
    return {
      action: `access-analyzer:${operation}`,
      resource: analyzerName === undefined ? "*" : `${base}/${analyzerName}`,
    };
  },
  invalidInput: (problems) => invalid(problems.join("; "), "fieldValidationFailed"),
};
