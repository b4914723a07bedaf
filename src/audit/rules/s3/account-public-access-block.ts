import { controls } from "../../controls.ts";
import { at, objectAt } from "../../read-state.ts";
import { fact, pass, unknown, verdict } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** Every account blocks public access to its buckets. */
export const accountPublicAccessBlock: AuditRule = {
  id: "s3/account-public-access-block",
  title: "Every account blocks public access to its buckets",
  severity: "critical",
  why: "The block of the account holds whatever a bucket or an object says.",
  remedy: "Block public access of all accounts, by the organization's policy or in each account.",
  config: "services:\n  s3: { publicAccessBlock: { via: account } }",
  compliance: controls.s3Block,
  sources: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
  ],
  evaluate: (context) => {
    const state = context.service("s3");
    if (state === undefined) return [unknown(context.whyUnread("services/s3"))];
    return context.active.map(({ id }): AuditResult => {
      const place = { account: id };
      const name = context.named(id);
      if (at(state, "byPolicy", id) === true) {
        const evidence = fact("effective policy", "all", "organizations:DescribeEffectivePolicy");
        return pass(
          `A policy of the organization blocks public access in ${name}.`,
          place,
          evidence,
        );
      }
      const block = at(state, "byAccount", id);
      if (block === undefined) {
        return unknown(context.whyUnread(`services/s3/accounts/${id}/publicAccessBlock`), place);
      }
      const members = Object.values(objectAt(block) ?? {});
      const isWhole = members.length >= 4 && members.every((one) => one === true);
      const words = {
        pass: `${name} blocks public access.`,
        fail: `${name} does not block all public access.`,
      };
      return verdict(isWhole, words, place, fact("block", block, "s3:GetAccountPublicAccessBlock"));
    });
  },
  breaks: { "services/s3/byAccount/444444444444": null },
};
