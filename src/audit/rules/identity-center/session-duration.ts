import { securityServices } from "../../../data/security-services.ts";
import { at, objectsAt, textAt, textsAt } from "../../read-state.ts";
import { fact, notApplicable, unknown, verdict } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** Sessions of administrators last 4 hours at most. */
export const sessionDuration: AuditRule = {
  id: "identity-center/session-duration",
  title: "Sessions of administrators last 4 hours at most",
  severity: "low",
  why: "A stolen session works until it ends.",
  remedy: "Shorten the sessions of permission sets with administrator policies.",
  config: "services:\n  sso:\n    permissionSets:\n      Admin: { sessionDuration: PT4H }",
  compliance: { "nist-800-53-r5": ["AC-12"] },
  sources: ["https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html"],
  evaluate: (context) => {
    const sets = objectsAt(context.service("sso"), "permissionSets");
    if (at(context.service("sso"), "instance") === null) {
      return [notApplicable("the organization has no instance of IAM Identity Center")];
    }
    if (sets === undefined) return [unknown(context.whyUnread("services/sso/permissionSets"))];
    if (sets.length === 0) return [notApplicable("there is no permission set")];
    return sets.map((set): AuditResult => {
      const name = textAt(set, "name") ?? "";
      const place = { resource: textAt(set, "arn") ?? name };
      const policies = textsAt(set, "managedPolicies");
      const duration = textAt(set, "sessionDuration");
      if (policies === undefined || duration === undefined) {
        return unknown(context.whyUnread(`services/sso/permissionSets/${name}`), place);
      }
      const names = policies.map((arn) => arn.split("/").at(-1) ?? "");
      if (!names.some((one) => securityServices.administratorPolicies.includes(one))) {
        return notApplicable(`\`${name}\` is no administrator`, place);
      }
      const [, hours = "0", minutes = "0"] = /^PT(?:(\d+)H)?(?:(\d+)M)?/.exec(duration) ?? [];
      const isShort = Number(hours) * 60 + Number(minutes) <= 240;
      const words = {
        pass: `Sessions of \`${name}\` last 4 hours at most.`,
        fail: `Sessions of \`${name}\` last longer than 4 hours.`,
      };
      return verdict(
        isShort,
        words,
        place,
        fact("session duration", duration, "sso:DescribePermissionSet"),
      );
    });
  },
  breaks: { "services/sso/permissionSets/0/sessionDuration": "PT12H" },
};
