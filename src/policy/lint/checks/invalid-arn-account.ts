import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyResources, quote } from "../elements.ts";

/** An ARN whose account is no account id. */
export const invalidArnAccount: Check = {
  code: "INVALID_ARN_ACCOUNT",
  severity: "error",
  types: allPolicyTypes,
  title: "The ARN's account is not valid",
  why: "an account id has twelve digits; an ARN with another one matches nothing",
  remedy: "write the twelve digits, or `*` for every account",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Action: "iam:DeleteRole", Resource: "arn:aws:iam::1234:role/Audit" }),
    good: deny({ Action: "iam:DeleteRole", Resource: "arn:aws:iam::111122223333:role/Audit" }),
  },
  *check(policy) {
    for (const { text, arn } of policyResources(policy)) {
      // AWS: resources of AWS itself have `aws`, and a few services their own name.
      if (arn === undefined || /^(\d{12}|aws|aws-managed|amazon|cloudfront|)$/.test(arn.account))
        continue;
      if (/[*?$]/.test(arn.account)) continue;
      yield { at: text, summary: `account ${quote(arn.account)} is no account id` };
    }
  },
};
