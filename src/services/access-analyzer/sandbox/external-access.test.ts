import { describe, expect, it } from "vitest";
import { externalAccess, type TrustZone } from "./external-access.ts";

const [own, member, outside] = ["111111111111", "222222222222", "999988887777"];
const organizationId = "o-exampleorg1";
const organization: TrustZone = {
  accounts: new Set([own, member]),
  organizationId,
  rcps: [],
};
const account: TrustZone = {
  accounts: new Set([own]),
  neighbour: { account: member, organizationId },
  rcps: [],
};
const bucket = "arn:aws:s3:::invoices";

interface Given {
  readonly Principal?: unknown;
  readonly Condition?: object;
  readonly Action?: unknown;
  readonly Resource?: unknown;
}

function letIn(zone: TrustZone, given: Given, ...more: readonly object[]): readonly string[] {
  const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: `${bucket}/*`, ...given };
  const resource = {
    arn: bucket,
    type: "AWS::S3::Bucket",
    owner: own,
    policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement, ...more] }),
    createdAt: 0,
    actions: ["s3:GetObject"],
  };
  return externalAccess(resource, zone).map(({ type, value }) => `${type} ${value}`);
}

const equals = (key: string, ...values: string[]): Given => ({
  Principal: "*",
  Condition: { StringEquals: { [key]: values } },
});

describe("external access", () => {
  it.each<[string, Given, readonly string[], readonly string[]]>([
    ["anybody", { Principal: "*" }, ["AWS *"], ["AWS *"]],
    ["anybody by a list", { Principal: { AWS: ["*"] } }, ["AWS *"], ["AWS *"]],
    ["an account", { Principal: { AWS: outside } }, [`AWS ${outside}`], [`AWS ${outside}`]],
    [
      "a role",
      { Principal: { AWS: `arn:aws:iam::${outside}:role/reader` } },
      [`AWS arn:aws:iam::${outside}:role/reader`],
      [`AWS arn:aws:iam::${outside}:role/reader`],
    ],
    [
      "a member",
      { Principal: { AWS: `arn:aws:iam::${member}:root` } },
      [],
      [`AWS arn:aws:iam::${member}:root`],
    ],
    ["the owner", { Principal: { AWS: own } }, [], []],
    ["a service", { Principal: { Service: "cloudtrail.amazonaws.com" } }, [], []],
    ["the organization", equals("aws:PrincipalOrgID", organizationId), [], [`AWS ${member}`]],
    [
      "another organization",
      equals("aws:PrincipalOrgID", "o-otherorg22"),
      ["AWS o-otherorg22"],
      ["AWS o-otherorg22"],
    ],
    [
      "an account by condition",
      equals("aws:PrincipalAccount", outside),
      [`AWS ${outside}`],
      [`AWS ${outside}`],
    ],
    ["a member by condition", equals("aws:PrincipalAccount", member), [], [`AWS ${member}`]],
    [
      "an address",
      { Principal: "*", Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } },
      ["AWS *"],
      ["AWS *"],
    ],
    [
      "TLS alone",
      { Principal: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } },
      ["AWS *"],
      ["AWS *"],
    ],
    [
      "a provider",
      { Principal: { Federated: "cognito-identity.amazonaws.com" } },
      ["Federated cognito-identity.amazonaws.com"],
      ["Federated cognito-identity.amazonaws.com"],
    ],
    [
      "a part of the bucket",
      { Principal: "*", Resource: `${bucket}/public/*` },
      ["AWS *"],
      ["AWS *"],
    ],
    [
      "another action",
      { Principal: "*", Action: "s3:GetBucketCORS", Resource: bucket },
      ["AWS *"],
      ["AWS *"],
    ],
  ])("lets in %s", (_, given, ofOrganization, ofAccount) => {
    expect(letIn(organization, given)).toEqual(ofOrganization);
    expect(letIn(account, given)).toEqual(ofAccount);
  });

  it("is none where a statement denies all outsiders", () => {
    const deny = {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [bucket, `${bucket}/*`],
      Condition: { StringNotEquals: { "aws:PrincipalOrgID": organizationId } },
    };
    expect(letIn(organization, { Principal: "*" }, deny)).toEqual([]);
    expect(letIn(account, { Principal: "*" }, deny)).toEqual([`AWS ${member}`]);
  });

  it("is none of a policy that is none", () => {
    const resource = { arn: bucket, type: "", owner: own, policy: "{", createdAt: 0, actions: [] };
    expect(externalAccess(resource, organization)).toEqual([]);
  });
});
