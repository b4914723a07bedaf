import { describe, expect, it } from "vitest";
import { deny, mirrorOf, type Sketch, snapshotOf, span } from "../../../test/plan/builders.ts";
import type { Desired } from "../../core/desired.ts";
import type { Plan } from "../../core/plan.ts";
import type { Snapshot } from "../../core/snapshot.ts";
import { plan } from "../plan.ts";

const scp = "SERVICE_CONTROL_POLICY" as const;
const exempt = (role: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Deny",
        Action: "*",
        Resource: "*",
        Condition: { ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::*:role/${role}` } },
      },
    ],
  });

const sketch: Sketch = {
  units: ["Prod", "Dev"],
  accounts: [
    { name: "Shop", in: "Prod" },
    { name: "Web", in: "Prod" },
    { name: "Lab", in: "Dev" },
  ],
};

/** Plans to attach a policy of some content to a unit. */
function attachTo(
  path: string,
  content: string,
  change: Partial<Desired> = {},
  snapshot: Snapshot = snapshotOf(sketch),
): Plan {
  const policy = { name: "New", type: scp, description: "", content, remove: false, span };
  const target = { kind: "organizationalUnit" as const, path: [path] };
  const desired: Desired = {
    ...mirrorOf(snapshot),
    policies: [policy],
    attachments: [{ policy: { name: "New", type: scp }, target, present: true, span }],
    ...change,
  };
  return plan(desired, snapshot);
}

function told(made: Plan): string[] {
  return made.diagnostics
    .filter(({ code }) => code.startsWith("ORGRAIL307"))
    .map(({ severity, code, summary }) => `${severity} ${code} ${summary}`);
}

describe("checkLockout", () => {
  it("says who would be locked out where, and marks the change", () => {
    const made = attachTo("Prod", deny("*"));
    expect(told(made)).toEqual([
      "warning ORGRAIL3070 role `OrganizationAccountAccessRole` (the management account, and orgrail from there) would be locked out of Shop (200000000000), Web (200000000001)",
    ]);
    const attach = made.changes.find(({ operation }) => operation === "AttachPolicy");
    expect(attach?.risk).toBe("lockout");
    expect(made.changes.find(({ operation }) => operation === "CreatePolicy")?.risk).toBe("none");
  });

  it("is silent where the policy excepts the role", () => {
    const made = attachTo("Prod", exempt("OrganizationAccountAccessRole"));
    expect(told(made)).toEqual([]);
    expect(made.changes.map(({ risk }) => risk)).toEqual(["none", "none"]);
  });

  it("names the actions where only some are lost, without the risk", () => {
    const made = attachTo("Prod", deny("iam:*"));
    expect(told(made)[0]).toContain("ORGRAIL3071");
    expect(told(made)[0]).toContain("would be denied iam:GetRole, iam:CreateRole");
    expect(made.changes.every(({ risk }) => risk === "none")).toBe(true);
  });

  it("is silent where nothing is lost that was had before", () => {
    const policies = [{ name: "Old", content: deny("*"), at: ["Prod"] }];
    const snapshot = snapshotOf({ ...sketch, policies });
    const { attachments } = mirrorOf(snapshot);
    const made = attachTo("Prod", deny("s3:*"), {}, snapshot);
    expect(attachments).toHaveLength(1);
    expect(told(made)).toEqual([]);
  });

  it("takes the loss of a protected role for an error", () => {
    const protectedRoles = ["arn:aws:iam::*:role/BreakGlass*"];
    const made = attachTo("Prod", exempt("OrganizationAccountAccessRole"), { protectedRoles });
    expect(told(made)).toEqual([
      "error ORGRAIL3070 role `arn:aws:iam::*:role/BreakGlass*` (protected in the file) would be locked out of Shop (200000000000), Web (200000000001)",
    ]);
  });

  it("sees a lock-out by a move", () => {
    const policies = [{ name: "Quarantine", content: deny("*"), at: ["Prod"] }];
    const snapshot = snapshotOf({ ...sketch, policies });
    const mirror = mirrorOf(snapshot);
    const accounts = mirror.accounts.map((account) =>
      account.name === "Lab" ? { ...account, parent: ["Prod"] } : account,
    );
    const made = plan({ ...mirror, accounts }, snapshot);
    expect(told(made)[0]).toContain("locked out of Lab");
    expect(made.changes.map(({ operation, risk }) => [operation, risk])).toEqual([
      ["MoveAccount", "lockout"],
    ]);
  });

  it("looks at Identity Center's and StackSets' roles where those are in use", () => {
    const content = exempt("OrganizationAccountAccessRole");
    const trustedAccess = ["sso.amazonaws.com", "stacksets.cloudformation.amazonaws.com"];
    const made = attachTo("Dev", content, {}, snapshotOf({ ...sketch, trustedAccess }));
    const roles = told(made).map((text) => /role `([^`]*)`/.exec(text)?.[1]);
    expect(roles).toEqual(["stacksets-exec-*", "AWSReservedSSO_AdministratorAccess_*"]);
  });

  it("decides accounts one by one where a policy names an account", () => {
    const content = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Deny",
          Action: "*",
          Resource: "*",
          Condition: { StringEquals: { "aws:PrincipalAccount": "200000000001" } },
        },
      ],
    });
    expect(told(attachTo("Prod", content))[0]).toContain("locked out of Web (200000000001)");
    expect(told(attachTo("Prod", content))).toHaveLength(1);
  });

  it("does not take for a loss what rests on keys it does not know", () => {
    const content = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Deny",
          Action: "*",
          Resource: "*",
          Condition: { StringNotEquals: { "aws:PrincipalTag/team": "platform" } },
        },
      ],
    });
    expect(told(attachTo("Prod", content))).toEqual([]);
  });
});
