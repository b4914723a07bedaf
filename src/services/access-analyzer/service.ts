import { accessAnalyzerFacts } from "../../data/access-analyzer.ts";
import { checkScope } from "../kit/scope.ts";
import type { SecurityService } from "../security-service.ts";
import { accessAnalyzerChanges } from "./apply.ts";
import { collectAccessAnalyzer } from "./collect.ts";
import { accessAnalyzerCoverage } from "./coverage.ts";
import { accessAnalyzerPlanner } from "./plan.ts";
import { type AccessAnalyzerBlock, accessAnalyzerSchema } from "./schema.ts";
import type { AccessAnalyzerState } from "./state.ts";

const { id, title } = accessAnalyzerPlanner;
const regions = accessAnalyzerFacts.regions.names;

/** IAM Access Analyzer: analyzers of the organization for external and unused access. */
export const accessAnalyzer: SecurityService<AccessAnalyzerBlock, AccessAnalyzerState> = {
  id,
  title,
  layers: ["organization", "account", "principals", "resources"],
  scope: "regional",
  principals: {
    trustedAccess: [accessAnalyzerFacts.principal],
    delegatedAdministrator: [accessAnalyzerFacts.principal],
    byOwnApi: false,
  },
  regions,
  permissions: {
    read: [
      "access-analyzer:GetAnalyzer",
      "access-analyzer:GetArchiveRule",
      "access-analyzer:ListAnalyzers",
      "access-analyzer:ListArchiveRules",
    ],
    write: [
      "access-analyzer:CreateAnalyzer",
      "access-analyzer:CreateArchiveRule",
      "access-analyzer:DeleteAnalyzer",
      "access-analyzer:UpdateArchiveRule",
      "iam:CreateServiceLinkedRole",
    ],
  },
  tamperActions: accessAnalyzerFacts.tamperActions,
  probes: [],
  schema: accessAnalyzerSchema,
  check: (block, context) => checkScope(block, context, { title, regions }),
  planner: accessAnalyzerPlanner,
  coverage: accessAnalyzerCoverage,
  collect: collectAccessAnalyzer,
  changes: accessAnalyzerChanges,
};
