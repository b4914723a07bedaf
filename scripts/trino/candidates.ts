import type { GuardPolicyType } from "../../src/impact/chains.ts";
import { testAccounts } from "../../src/impact/test-organization.ts";
import { hostileTexts, type SqlCase, sqlCase } from "../../test/support/sql-cases.ts";

/** A question that all engines are asked. */
export interface Candidate {
  readonly name: string;
  readonly type: GuardPolicyType;
  readonly made: SqlCase;
}

const deny = (statement: object) => ({ Effect: "Deny", Resource: "*", ...statement });
const today = [
  [
    [deny({ Action: "ec2:*", Condition: { StringEquals: { "aws:SourceVpce": "vpce-2" } } })],
    "r-ab12",
  ],
] as const;

function candidate(
  name: string,
  statements: readonly object[],
  more: {
    readonly target?: string;
    readonly type?: GuardPolicyType;
    readonly replacesFull?: true;
  } = {},
): Candidate {
  const { target = "r-ab12", type = "SERVICE_CONTROL_POLICY", replacesFull } = more;
  const made = sqlCase({
    today,
    candidate: statements,
    target,
    type,
    ...(replacesFull === undefined ? {} : { replacesFull }),
  });
  return { name, type, made };
}

/** The questions. */
export const candidates: readonly Candidate[] = [
  candidate("a Region guard", [
    deny({
      Action: undefined,
      NotAction: ["iam:*", "sts:*", "organizations:*", "kms:*"],
      Condition: {
        StringNotEquals: { "aws:RequestedRegion": ["eu-central-1"] },
        ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/Admin" },
      },
    }),
  ]),
  candidate("a principal's ARN by pattern", [
    deny({
      Action: ["s3:*", "lambda:Update*"],
      Condition: {
        ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::*:role/Dep*", "arn:aws:iam::*:user/*"] },
      },
    }),
  ]),
  candidate("a principal's tag", [
    deny({ Action: "s3:*", Condition: { StringNotEquals: { "aws:PrincipalTag/team": "a" } } }),
  ]),
  candidate("all actions but some", [
    deny({
      Action: undefined,
      NotAction: ["s3:Get*", "s3:List*", "ec2:Describe*", "sts:*", "cloudwatch:*"],
    }),
  ]),
  candidate("some buckets", [
    deny({ Action: "s3:*", Resource: ["arn:aws:s3:::logs", "arn:aws:s3:::logs*/*"] }),
  ]),
  candidate("an address and a second factor", [
    deny({
      Action: "*",
      Condition: {
        NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" },
        BoolIfExists: { "aws:MultiFactorAuthPresent": "false" },
      },
    }),
  ]),
  candidate("a role that may not be passed", [
    deny({ Action: "iam:PassRole", Resource: "arn:aws:iam::*:role/Admin" }),
  ]),
  candidate(
    "an allow list",
    [{ Effect: "Allow", Action: ["s3:*", "ec2:*", "iam:*"], Resource: "*" }],
    {
      target: testAccounts.shop,
      replacesFull: true,
    },
  ),
  candidate("hostile texts", [
    deny({
      Action: "*",
      Condition: { StringLike: { "aws:PrincipalArn": hostileTexts.map((text) => `*${text}*`) } },
    }),
  ]),
  candidate(
    "a resource control policy",
    [
      deny({
        Action: "s3:*",
        Condition: { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-exampleorgid" } },
      }),
    ],
    { type: "RESOURCE_CONTROL_POLICY" },
  ),
];
