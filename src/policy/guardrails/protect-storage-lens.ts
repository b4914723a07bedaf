import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch Amazon S3 Storage Lens off or weaken it. */
export const protectStorageLens: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "storage-lens",
    why: "Removing or changing an S3 Storage Lens configuration ends the view on data protection across buckets.",
    sources: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage_lens.html"],
    harmless: "s3:ListStorageLensConfigurations",
  });
