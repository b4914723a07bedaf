import { listAt, objectAt, textAt } from "../../read-state.ts";
import { fact, notApplicable, unknown, verdict } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** Member accounts have no trails of their own. */
export const memberTrails: AuditRule = {
  id: "cloudtrail/member-trails",
  title: "Member accounts have no trails of their own",
  severity: "low",
  why: "A second copy of management events is paid for, account by account, and its bucket is one more that nobody watches. Only the account itself knows of it. `orgrail trails` shows what it costs.",
  remedy:
    "Look at who reads it and what it records; delete it only when a trail of the organization has the same.",
  compliance: { "nist-800-53-r5": ["AU-2"] },
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-manage-costs.html",
  ],
  evaluate: (context) => {
    if (context.members.length === 0) {
      return [notApplicable("the organization has no active member account")];
    }
    const local = objectAt(context.service("cloudtrail"), "local");
    return context.members.map(({ id }): AuditResult => {
      const place = { account: id };
      const trails = listAt(local, id);
      if (trails === undefined) {
        return unknown(context.whyUnread(`services/cloudtrail/local/${id}`), place);
      }
      const names = trails.map((trail) => textAt(trail, "name") ?? "");
      const name = context.named(id);
      const words = {
        pass: `${name} has no trail of its own.`,
        fail: `${name} has trails of its own: ${names.join(", ")}.`,
      };
      const evidence = fact("trails", names, "cloudtrail:ListTrails");
      return verdict(names.length === 0, words, place, evidence);
    });
  },
  breaks: {
    "services/cloudtrail/local/444444444444": [
      {
        name: "stray",
        arn: "arn:aws:cloudtrail:eu-central-1:444444444444:trail/stray",
        homeRegion: "eu-central-1",
      },
    ],
  },
};
