import fc from "fast-check";
import { expect, it } from "vitest";
import { iamActions } from "../data/iam-actions.gen.ts";
import { iamFacts } from "../policy/iam-facts.ts";
import { organizationLevels } from "../policy/organization-levels.ts";
import { specDecide } from "../policy/spec.ts";
import type { Decision } from "../policy/types.ts";
import { callOf } from "./call.ts";
import { policyOf } from "./chains.ts";
import { withChanges } from "./changed-organization.ts";
import { createImpact } from "./impact.ts";
import { testAccounts, testEvent, testOrganization, testPolicy } from "./test-organization.ts";

const facts = iamFacts(iamActions);
const runs = Number(process.env.ORGRAIL_PROPERTY_RUNS ?? 150);

const actions = ["ec2:DescribeInstances", "sqs:ListQueues", "iam:ListUsers"];
const regions = ["us-east-1", "eu-central-1"];
const roles = ["Admin", "Deploy"];
const places = ["r-ab12", "ou-ab12-work", "ou-ab12-sand", testAccounts.shop, testAccounts.play];

const condition = fc.oneof(
  fc.record({
    StringNotEquals: fc.record({ "aws:RequestedRegion": fc.subarray(regions, { minLength: 1 }) }),
  }),
  fc.record({
    ArnNotLike: fc.record({
      "aws:PrincipalArn": fc.constantFrom(...roles).map((role) => `arn:aws:iam::*:role/${role}`),
    }),
  }),
  fc.record({ StringEquals: fc.record({ "aws:PrincipalTag/team": fc.constant("a") }) }),
  fc.record({ Bool: fc.record({ "aws:ViaAWSService": fc.constantFrom("true", "false") }) }),
);

const listed = fc.subarray([...actions, "ec2:*", "*"], { minLength: 1 });

const statement = fc
  .tuple(
    fc.constantFrom("Deny", "Deny", "Allow"),
    fc.boolean(),
    listed,
    fc.constantFrom("*", "*", "arn:aws:sqs:*:*:x", "arn:aws:iam::*:role/*"),
    fc.option(condition, { nil: undefined }),
  )
  .map(([Effect, negated, list, Resource, Condition]) => ({
    Effect,
    ...(negated ? { NotAction: list } : { Action: list }),
    Resource,
    ...(Condition === undefined ? {} : { Condition }),
  }));

const document = fc
  .array(statement, { minLength: 1, maxLength: 2 })
  .map((Statement) => ({ Version: "2012-10-17", Statement }));

it("says what the specification says of both sides, wherever it is certain", () => {
  let certain = 0;
  fc.assert(
    fc.property(
      document,
      fc.constantFrom(...places),
      document,
      fc.constantFrom(...places),
      fc.constantFrom(...actions),
      fc.constantFrom(...regions),
      fc.constantFrom(...roles),
      fc.constantFrom(testAccounts.shop, testAccounts.play),
      (old, oldPlace, next, place, call, awsRegion, role, account) => {
        const before = testOrganization([testPolicy("p-old", old, [oldPlace])]);
        const candidate = testPolicy("p-next", next, [place]);
        const after = { ...before, policies: [...(before.policies ?? []), candidate] };
        const policy = policyOf(candidate);
        if (policy === undefined) throw new Error("the test's policy cannot be understood");
        const impact = createImpact({
          organization: before,
          after: withChanges(before, [
            { kind: "attach", target: place, policyId: "candidate", policy },
          ]),
          facts,
        });
        impact.add(callOf(testEvent(call, { awsRegion, role, account })));
        const [row] = impact.report().rows;

        const decide = (organization: typeof before, tag: "present" | "absent"): Decision =>
          specDecide(
            { scps: organizationLevels(organization, account, "SERVICE_CONTROL_POLICY").levels },
            {
              principal: `arn:aws:iam::${account}:role/${role}`,
              action: call,
              resource: "*",
              context: {
                "aws:RequestedRegion": awsRegion,
                "aws:ViaAWSService": "false",
                "aws:PrincipalArn": `arn:aws:iam::${account}:role/${role}`,
                ...(tag === "present" ? { "aws:PrincipalTag/team": "a" } : {}),
              },
            },
          );
        const pairs = (["present", "absent"] as const).map((tag) =>
          [decide(before, tag), decide(after, tag)].map((one) =>
            one === "allowed" ? "allowed" : "denied",
          ),
        );
        const changed = new Set(
          pairs.map((pair) => (pair[0] === pair[1] ? "same" : pair.join(">"))),
        );
        if (row === undefined) {
          expect([...changed]).toEqual(["same"]);
        } else if (row.certainty === "certain") {
          certain++;
          expect([...changed]).toEqual([
            row.effect === "newlyAllowed" ? "denied>allowed" : "allowed>denied",
          ]);
        }
        return true;
      },
    ),
    { numRuns: runs },
  );
  expect(certain).toBeGreaterThan(0);
});
