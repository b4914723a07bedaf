import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch AWS CloudTrail off or weaken it. */
export const protectCloudtrail: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "cloudtrail",
    why: "Without a trail there is no history: stopping logging or narrowing the event selectors is the first thing an intruder does. Organization trails are safe from member accounts by themselves; local trails and event data stores are not.",
    sources: [
      "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",
    ],
    harmless: "cloudtrail:LookupEvents",
  });
