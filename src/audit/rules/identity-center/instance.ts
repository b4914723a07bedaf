import { cis } from "../../controls.ts";
import { at, textAt } from "../../read-state.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** People sign in through IAM Identity Center. */
export const instance: AuditRule = {
  id: "identity-center/instance",
  title: "People sign in through IAM Identity Center",
  severity: "medium",
  why: "One place to sign in means one place to take access away.",
  remedy: "Enable an organization instance of IAM Identity Center.",
  config: "services:\n  sso: { delegatedAdministrator: Audit }",
  compliance: {
    ...cis("1.21", "1.21", "1.20", "2.20", "2.19"),
    "nist-800-53-r5": ["AC-2", "IA-2"],
  },
  sources: ["https://docs.aws.amazon.com/singlesignon/latest/userguide/what-is.html"],
  evaluate: (context) => {
    const found = at(context.service("sso"), "instance");
    if (found === undefined) return [unknown(context.whyUnread("services/sso/instance"))];
    const words = {
      pass: "IAM Identity Center is enabled.",
      fail: "IAM Identity Center is not enabled in the Regions that were asked.",
    };
    const arn = textAt(found, "arn");
    const place = arn === undefined ? {} : { resource: arn };
    return [verdict(found !== null, words, place, fact("instance", found, "sso:ListInstances"))];
  },
  breaks: { "services/sso/instance": null },
};
