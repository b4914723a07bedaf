import { cis } from "../../controls.ts";
import { at, objectsAt, textAt, textsAt } from "../../read-state.ts";
import { fact, fail, notApplicable, pass, unknown } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** No permission set gives access to the management account. */
export const managementAccount: AuditRule = {
  id: "identity-center/management-account",
  title: "No permission set gives access to the management account",
  severity: "medium",
  why: "No policy of the organization binds the management account; who gets in can do everything. Some access is needed: accept it with an exception that names the set.",
  remedy: "Use permission sets of their own for the management account, for few.",
  compliance: { ...cis("", "", "", "", "2.1.3"), "nist-800-53-r5": ["AC-6"] },
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices_mgmt-acct.html",
  ],
  evaluate: (context) => {
    const sets = textsAt(context.service("sso"), "inManagementAccount");
    if (sets === undefined) {
      if (at(context.service("sso"), "instance") === null) {
        return [notApplicable("the organization has no instance of IAM Identity Center")];
      }
      return [unknown(context.whyUnread("services/sso/permissionSetsOfManagement"))];
    }
    const account = context.organization.managementAccountId;
    const operation = "sso:ListPermissionSetsProvisionedToAccount";
    if (sets.length === 0) {
      const text = "No permission set is in the management account.";
      return [pass(text, { account }, fact("permission sets", sets, operation))];
    }
    const names = new Map(
      (objectsAt(context.service("sso"), "permissionSets") ?? []).map((set) => [
        textAt(set, "arn"),
        textAt(set, "name"),
      ]),
    );
    return sets.map((arn) =>
      fail(
        `The permission set \`${names.get(arn) ?? arn}\` is in the management account.`,
        { account, resource: arn },
        fact("permission set", arn, operation),
      ),
    );
  },
  breaks: {
    "services/sso/inManagementAccount": ["arn:aws:sso:::permissionSet/ssoins-example/ps-admin"],
  },
};
