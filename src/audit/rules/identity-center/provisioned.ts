import { at, flagAt, objectsAt, textAt } from "../../read-state.ts";
import { fact, notApplicable, unknown, verdict } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** Permission sets are up to date in every account. */
export const provisioned: AuditRule = {
  id: "identity-center/provisioned",
  title: "Permission sets are up to date in every account",
  severity: "low",
  why: "An account with an older version of a permission set gives what was taken away.",
  remedy: "Provision the permission set again.",
  config: "services:\n  sso:\n    permissionSets:\n      Admin: { sessionDuration: PT4H }",
  compliance: { "nist-800-53-r5": ["AC-2"] },
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
      const outdated = flagAt(set, "isOutdated");
      if (outdated === undefined) {
        return unknown(
          context.whyUnread(`services/sso/permissionSets/${name}/outdatedAccounts`),
          place,
        );
      }
      const words = {
        pass: `\`${name}\` is up to date wherever it is.`,
        fail: `An account has an older version of \`${name}\`.`,
      };
      return verdict(!outdated, words, place, fact("outdated", outdated));
    });
  },
  breaks: { "services/sso/permissionSets/0/isOutdated": true },
};
