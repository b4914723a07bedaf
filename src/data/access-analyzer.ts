import { everyRegion, type ServiceRegions } from "./service-regions.ts";

/** Facts of IAM Access Analyzer. */
export const accessAnalyzerFacts: {
  readonly asOf: string;
  readonly source: string;
  readonly principal: string;
  readonly regions: ServiceRegions;
  /** Analyzers of one type that an account may have in a Region. */
  readonly quotas: Readonly<Record<string, number>>;
  readonly archiveRulesPerAnalyzer: number;
  readonly tamperActions: readonly string[];
} = {
  asOf: "2026-11-01",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-quotas.html",
  principal: "access-analyzer.amazonaws.com",
  regions: everyRegion,
  quotas: {
    ACCOUNT: 1,
    ACCOUNT_UNUSED_ACCESS: 1,
    ORGANIZATION: 5,
    ORGANIZATION_UNUSED_ACCESS: 5,
    ORGANIZATION_INTERNAL_ACCESS: 1,
    ACCOUNT_INTERNAL_ACCESS: 1,
  },
  archiveRulesPerAnalyzer: 100,
  tamperActions: [
    "access-analyzer:CreateArchiveRule",
    "access-analyzer:DeleteAnalyzer",
    "access-analyzer:UpdateAnalyzer",
    "access-analyzer:UpdateArchiveRule",
    "access-analyzer:UpdateFindings",
  ],
};
