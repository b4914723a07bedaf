import { tamperActions } from "../../data/tamper-actions.ts";
import { exampleRegions } from "./ids.ts";

/** What the example's service control policy denies beside tampering. */
const others: readonly string[] = [
  "organizations:*",
  "iam:CreateUser",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "kms:ScheduleKeyDeletion",
  "kms:DisableKey",
  "s3:DeleteBucket",
  "s3:DeleteObject",
  "s3:DeleteObjectVersion",
  "s3:PutBucketPolicy",
  "s3:PutLifecycleConfiguration",
  "ec2:DeleteFlowLogs",
  "logs:DeleteLogGroup",
  "logs:DeleteLogStream",
  "logs:PutRetentionPolicy",
  "events:DeleteRule",
  "events:DisableRule",
  "events:RemoveTargets",
];

/**
 * The example's service control policy as text, without some of the actions that it denies.
 *
 * @param without beginnings of actions, such as `cloudtrail:` or `iam:CreateUser`
 * @param parts which of its statements it has
 */
export function exampleGuardrails(
  without: readonly string[] = [],
  parts: { readonly root?: boolean; readonly regions?: boolean; readonly exempt?: boolean } = {},
): string {
  const all = [
    ...Object.values(tamperActions.services).flatMap(({ actions }) => actions),
    ...others,
  ];
  const actions = [...new Set(all)].filter(
    (action) => !without.some((start) => action.startsWith(start)),
  );
  const exempt =
    parts.exempt === false
      ? {}
      : {
          Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/BreakGlass" } },
        };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: "Protect", Effect: "Deny", Action: actions, Resource: "*", ...exempt },
      ...(parts.root === false
        ? []
        : [
            {
              Sid: "Root",
              Effect: "Deny",
              Action: "*",
              Resource: "*",
              Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } },
            },
          ]),
      ...(parts.regions === false
        ? []
        : [
            {
              Sid: "Regions",
              Effect: "Deny",
              NotAction: ["iam:*", "organizations:*", "sts:*", "support:*"],
              Resource: "*",
              Condition: {
                StringNotEquals: { "aws:RequestedRegion": exampleRegions },
                Null: { "aws:RequestedRegion": "false" },
              },
            },
          ]),
    ],
  });
}
