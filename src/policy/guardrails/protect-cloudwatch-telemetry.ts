import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch CloudWatch telemetry configuration off or weaken it. */
export const protectCloudwatchTelemetry: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "cloudwatch-telemetry",
    why: "Deleting log groups, shortening retention or stopping telemetry rules destroys logs that applications and services wrote.",
    sources: [
      "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/telemetry-config-cloudwatch.html",
    ],
    harmless: "logs:DescribeLogGroups",
  });
