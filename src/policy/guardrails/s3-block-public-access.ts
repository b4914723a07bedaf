import type { DocumentGuardrail } from "./guardrail.ts";

/** S3's public access block for every account below, as an S3 policy. */
export const s3BlockPublicAccess: DocumentGuardrail<Record<never, never>> = {
  name: "s3-block-public-access",
  title: "Block public access to S3 (S3 policy)",
  type: "S3_POLICY",
  why: "The fourth of Amazon's five rules, without a call in each account: all four settings of the public access block hold in every account below, and in accounts to come.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_s3_syntax.html",
  ],
  parameters: {},
  document: () => ({
    s3_attributes: { public_access_block_configuration: { "@@assign": "all" } },
  }),
  effective: [{ path: ["s3_attributes", "public_access_block_configuration"], value: "all" }],
};
