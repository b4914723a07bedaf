import { cis } from "../../controls.ts";
import { exampleIds } from "../../example/ids.ts";
import { fact, fail, pass } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** No account is directly below the root. */
export const accountsInRoot: AuditRule = {
  id: "organization/accounts-in-root",
  title: "No account is directly below the root",
  severity: "medium",
  why: "An account in the root has only the guardrails of the root; new accounts land there until somebody moves them.",
  remedy: "Move the account to the unit where it belongs.",
  config: "accounts:\n  - { name: Shop, email: shop@example.com, organizationalUnit: Workloads }",
  compliance: { ...cis("", "", "", "", "2.1.4") },
  sources: ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices.html"],
  evaluate: (context) => {
    const { root, managementAccountId } = context.organization;
    const there = context.active.filter(
      ({ id, parentId }) => parentId === root.id && id !== managementAccountId,
    );
    if (there.length === 0) return [pass("No member account is directly below the root.")];
    return there.map(({ id, parentId }) =>
      fail(
        `${context.named(id)} is directly below the root.`,
        { account: id },
        fact("parent", parentId, "organizations:ListParents"),
      ),
    );
  },
  breaks: { "organization/accounts/3/parentId": exampleIds.root },
};
