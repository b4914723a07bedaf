import type { SandboxService } from "../../../sandbox/service.ts";
import { getCostAndUsage } from "./get-cost-and-usage.ts";

/**
 * The sandbox's AWS Cost Explorer: what CloudTrail charges, by the trails that there are. Other
 * services cost nothing here.
 */
export const costExplorerSandbox: SandboxService = {
  id: "ce",
  signingName: "ce",
  targetPrefix: "AWSInsightsIndexService",
  protocol: "awsJson1_1",
  sdk: () => import("@aws-sdk/client-cost-explorer"),
  handlers: { GetCostAndUsage: getCostAndUsage },
};
