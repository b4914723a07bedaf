import { type Check, deny } from "../check.ts";
import { actionPatterns, some } from "../elements.ts";

const essentials: readonly string[] = ["iam", "sts"];

/** A Deny of all but some services for everybody that takes away signing in. */
export const denyAllButWithoutEssentials: Check = {
  code: "ORGRAIL6212",
  severity: "suggestion",
  types: ["SERVICE_CONTROL_POLICY"],
  title: "The service allow-list leaves out what everybody needs",
  why: "without IAM and STS nobody can assume a role or manage permissions in the account",
  remedy: "add `iam:*` and `sts:*` to `NotAction`, or except roles by `aws:PrincipalArn`",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html",
  ],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ NotAction: ["s3:*", "ec2:*"] }),
    good: deny({ NotAction: ["s3:*", "ec2:*", "iam:*", "sts:*"] }),
  },
  *check({ statements }) {
    for (const statement of statements) {
      const { effect, notAction, conditions, resource } = statement;
      if (effect !== "Deny" || notAction === undefined || conditions.length > 0) continue;
      if (resource?.values.some(({ value }) => value === "*") !== true) continue;
      const prefixes = actionPatterns(statement).map(({ prefix }) => prefix);
      const missing = essentials.filter(
        (service) => !prefixes.includes(service) && !prefixes.includes("*"),
      );
      if (missing.length === 0) continue;
      yield { at: notAction, summary: `everybody is denied ${some(missing)}` };
    }
  },
};
