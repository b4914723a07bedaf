import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch S3 account public access block off or weaken it. */
export const protectS3PublicAccessBlock: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "s3-public-access-block",
    why: "Amazon's Information Security team lets nobody change the account's public access block; buckets that must be public are reviewed first and named in an exemption.",
    sources: [
      "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    ],
    harmless: "s3:GetAccountPublicAccessBlock",
  });
