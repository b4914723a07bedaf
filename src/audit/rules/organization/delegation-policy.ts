import { cis } from "../../controls.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** A member account manages policies. */
export const delegationPolicy: AuditRule = {
  id: "organization/delegation-policy",
  title: "A member account manages policies",
  severity: "low",
  why: "With a delegation policy nobody has to sign in to the management account to change a policy.",
  remedy: "Put a delegation policy for the security account.",
  compliance: { ...cis("", "", "", "", "2.1.5") },
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html",
  ],
  evaluate: (context) => {
    const policy = context.organization.resourcePolicy;
    if (policy === undefined) return [unknown(context.whyUnread("resourcePolicy"))];
    const words = {
      pass: "There is a delegation policy.",
      fail: "There is no delegation policy.",
    };
    const evidence = fact("id", policy?.id ?? null, "organizations:DescribeResourcePolicy");
    return [verdict(policy !== null, words, {}, evidence)];
  },
  breaks: { "organization/resourcePolicy": null },
};
