import { expect, it } from "vitest";
import type { CloudTrailEvent } from "../core/event.ts";
import { iamActions } from "../data/iam-actions.gen.ts";
import { iamFacts } from "../policy/iam-facts.ts";
import { callOf } from "./call.ts";
import { createImpact } from "./impact.ts";
import {
  deny,
  rowLines,
  testAccounts,
  testEvent,
  testOrganization,
  testPolicy,
} from "./test-organization.ts";

const facts = iamFacts(iamActions);

const federated = testEvent("s3:ListBuckets", {
  userIdentity: {
    type: "FederatedUser",
    arn: `arn:aws:sts::${testAccounts.shop}:federated-user/visitor`,
    accountId: testAccounts.shop,
    principalId: `${testAccounts.shop}:visitor`,
    sessionContext: {
      sessionIssuer: {
        type: "IAMUser",
        arn: `arn:aws:iam::${testAccounts.shop}:user/broker`,
        accountId: testAccounts.shop,
      },
    },
  },
});

it.each<[string, object, CloudTrailEvent, readonly string[]]>([
  [
    "an address behind a VPC endpoint, which is no source address",
    deny({
      Action: "s3:*",
      Condition: { NotIpAddress: { "aws:SourceIp": ["203.0.113.0/24", "10.0.0.0/8"] } },
    }),
    testEvent("s3:ListBuckets", { sourceIPAddress: "10.1.2.3", vpcEndpointId: "vpce-1" }),
    ["newlyDenied certain s3:ListAllMyBuckets 1"],
  ],
  [
    "the address of a VPC that its endpoint does not deny",
    deny({ Action: "s3:*", Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }),
    testEvent("s3:ListBuckets", { sourceIPAddress: "10.1.2.3", vpcEndpointId: "vpce-1" }),
    [],
  ],
  [
    "the address within a VPC",
    deny({ Action: "s3:*", Condition: { IpAddress: { "aws:VpcSourceIp": "10.0.0.0/8" } } }),
    testEvent("s3:ListBuckets", { sourceIPAddress: "10.1.2.3", vpcEndpointId: "vpce-1" }),
    ["newlyDenied certain s3:ListAllMyBuckets 1"],
  ],
  [
    "a session of a federated user, whose ARN is not that of who asked for it",
    deny({
      Action: "s3:*",
      Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/broker" } },
    }),
    federated,
    ["newlyDenied possible s3:ListAllMyBuckets 1 aws:principalarn"],
  ],
  [
    "the user name of a federated user, who has none",
    deny({ Action: "s3:*", Condition: { StringEquals: { "aws:username": "broker" } } }),
    federated,
    [],
  ],
  [
    "the user name of a role, which has none",
    deny({ Action: "s3:*", Condition: { StringNotLike: { "aws:username": "admin-*" } } }),
    testEvent("s3:ListBuckets"),
    ["newlyDenied certain s3:ListAllMyBuckets 1"],
  ],
  [
    "a function that a mapping is of, where the mapping is the resource",
    deny({ Action: "lambda:*", Resource: "arn:aws:lambda:*:*:function:pay" }),
    testEvent("lambda:UpdateEventSourceMapping20150331", {
      requestParameters: { uUID: "0000", functionName: "pay" },
    }),
    ["newlyDenied possible lambda:UpdateEventSourceMapping 1 resource"],
  ],
  [
    "a user who is added to a group, where the group is the resource",
    deny({ Action: "iam:*", Resource: "arn:aws:iam::*:user/*" }),
    testEvent("iam:AddUserToGroup", {
      requestParameters: { userName: "ann", groupName: "admins" },
    }),
    ["newlyDenied possible iam:AddUserToGroup 1 resource"],
  ],
  [
    "a version of an object",
    deny({ Action: "s3:DeleteObjectVersion", Resource: "arn:aws:s3:::logs/*" }),
    testEvent("s3:DeleteObject", {
      requestParameters: { bucketName: "logs", key: "a", versionId: "v" },
    }),
    ["newlyDenied certain s3:DeleteObjectVersion 1"],
  ],
  [
    "an object without a version",
    deny({ Action: "s3:DeleteObjectVersion", Resource: "arn:aws:s3:::logs/*" }),
    testEvent("s3:DeleteObject", { requestParameters: { bucketName: "logs", key: "a" } }),
    [],
  ],
  [
    "a session with tags",
    deny({ Action: "sts:TagSession" }),
    testEvent("sts:AssumeRole", {
      requestParameters: { roleArn: "arn:aws:iam::222222222222:role/R", tags: [{ key: "a" }] },
    }),
    ["newlyDenied certain sts:TagSession 1"],
  ],
])("says of %s what it can", (_, document, event, expected) => {
  const after = testOrganization([testPolicy("p-new", document, ["r-ab12"])]);
  const impact = createImpact({ organization: testOrganization(), after, facts });
  impact.add(callOf(event));
  expect(rowLines(impact.report())).toEqual(expected);
});
