import type { AuditContext } from "../../context.ts";
import { controls } from "../../controls.ts";
import { membersCovered } from "../../kinds/administered.ts";
import { membersInState, securityHub } from "../../kinds/services.ts";
import { at, objectAt, objectsAt, textAt } from "../../read-state.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** Security Hub CSPM covers every account. */
export const members: AuditRule = {
  id: "securityhub/members",
  title: "Security Hub CSPM covers every account",
  severity: "high",
  why: "An account without hub checks no control and sends no finding.",
  remedy:
    "Use central configuration with a policy at the root, or enable new accounts by themselves and add those that are missing.",
  config:
    "services:\n  securityhub:\n    delegatedAdministrator: Audit\n    policies:\n      - name: baseline\n        targets: { organizationalUnits: [Root] }",
  compliance: controls.securityHub,
  sources: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/designate-orgs-admin-account.html",
  ],
  evaluate: (context) => {
    const central = objectAt(context.service("securityhub"), "associations");
    if (central === undefined) return byMembers(context);
    const covered = coveredByPolicies(context);
    return context.active.map(({ id }): AuditResult => {
      const place = { account: id };
      const state = covered(id);
      const name = context.named(id);
      const evidence = fact(
        "configuration policy",
        state ?? null,
        "securityhub:ListConfigurationPolicyAssociations",
      );
      if (state === "self-managed") {
        return unknown(`${name} configures itself, and was not asked`, place);
      }
      if (state === "unread") {
        return unknown(context.whyUnread("services/securityhub/policies"), place);
      }
      return verdict(
        state === "on",
        {
          pass: `A configuration policy switches Security Hub on in ${name}.`,
          fail: `No configuration policy switches Security Hub on in ${name}.`,
        },
        place,
        evidence,
      );
    });
  },
  breaks: { "services/securityhub/regions/eu-central-1/members": {} },
};

const byMembers = membersCovered(securityHub, {
  operation: "securityhub:ListMembers",
  covered: (state) => membersInState(state, "Enabled"),
  missing: "is not an enabled member of Security Hub",
});

/** What the policy that is nearest to an account says of it. */
function coveredByPolicies(
  context: AuditContext,
): (account: string) => "on" | "off" | "self-managed" | "unread" | undefined {
  const state = context.service("securityhub");
  const associations = objectAt(state, "associations");
  const policies = new Map(
    (objectsAt(state, "policies") ?? []).map((policy) => [textAt(policy, "id") ?? "", policy]),
  );
  const parents = new Map(
    [...context.organization.organizationalUnits, ...context.organization.accounts].map(
      ({ id, parentId }) => [id, parentId],
    ),
  );
  return (account) => {
    const seen = new Set<string>();
    for (let id: string | undefined = account; id !== undefined; id = parents.get(id)) {
      if (seen.has(id)) return undefined;
      seen.add(id);
      const policy = textAt(associations, id);
      if (policy === undefined) continue;
      if (policy.startsWith("SELF_MANAGED")) return "self-managed";
      const enabled = at(policies.get(policy), "content", "ServiceEnabled");
      if (typeof enabled !== "boolean") return "unread";
      return enabled ? "on" : "off";
    }
    return undefined;
  };
}
