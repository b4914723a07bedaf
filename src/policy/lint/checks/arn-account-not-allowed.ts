import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyResources, quote } from "../elements.ts";
import { servicePartUse } from "../service-part-use.ts";

/** An ARN with an account, of a service whose ARNs have none. */
export const arnAccountNotAllowed: Check = {
  code: "ARN_ACCOUNT_NOT_ALLOWED",
  severity: "warning",
  types: allPolicyTypes,
  title: "ARNs of the service have no account",
  why: "an ARN with an account matches no resource of a service whose ARNs have none",
  remedy: "leave the account empty",
  sources: [sources.analyzer, sources.actions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({
      Action: "route53:DeleteHostedZone",
      Resource: "arn:aws:route53::111122223333:hostedzone/Z1",
    }),
    good: deny({ Action: "route53:DeleteHostedZone", Resource: "arn:aws:route53:::hostedzone/Z1" }),
  },
  *check(policy, facts) {
    for (const { text, arn } of policyResources(policy)) {
      if (arn === undefined || arn.account === "" || /^\*+$/.test(arn.account)) continue;
      const use = servicePartUse(arn.service, facts, arn.resource);
      if (use?.account !== "never") continue;
      yield { at: text, summary: `such ARNs of ${quote(arn.service)} have no account` };
    }
  },
};
