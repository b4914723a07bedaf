import { describe, expect, test } from "vitest";
import { allowsEverything, outsidePrincipals, readDocument } from "./documents.ts";
import { example } from "./example/event.ts";
import { exampleFacts } from "./example/facts.ts";

const statement = (elements: string): string =>
  `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",${elements}}]}`;

describe("allowsEverything", () => {
  test.each([
    ["`*`", statement('"Action":"*","Resource":"*"')],
    ["`*` among others", statement('"Action":["s3:Get*","*"],"Resource":["arn:aws:s3:::a","*"]')],
    ["`*:*`", statement('"Action":"*:*","Resource":"*"')],
    ["stars in a row", statement('"Action":"**","Resource":"**"')],
    ["an escaped star", statement('"Action":"\\u002a","Resource":"\\u002A"')],
    ["an escaped name", statement('"Not\\u0041ction":[],"Resource":"*"')],
    ["NotAction of nothing", statement('"NotAction":[],"Resource":"*"')],
    ["no resource", statement('"Action":"*"')],
    ["white space", statement('"Action" : [ \n "*" ] , "Resource" : "*"')],
    ["URL-encoded", encodeURIComponent(statement('"Action":"*","Resource":"*"'))],
    ["the value itself", JSON.parse(statement('"Action":"*","Resource":"*"'))],
  ])("%s", (_, document) => {
    expect(allowsEverything(document)).toBe(true);
  });

  test.each([
    ["some actions", statement('"Action":"s3:*","Resource":"*"')],
    ["some resources", statement('"Action":"*","Resource":"arn:aws:s3:::a/*"')],
    ["all but some", statement('"NotAction":"iam:*","Resource":"*"')],
    ["a Deny", statement('"Action":"*","Resource":"*"').replace("Allow", "Deny")],
    ["no star", statement('"Action":["s3:GetObject"],"Resource":["arn:aws:s3:::a/b"]')],
    ["no policy", '"*"'],
    ["broken JSON", statement('"Action":"*","Resource":"*"').slice(0, -1)],
    ["a broken URL encoding", "%7B%ZZ*"],
    ["nothing", undefined],
    ["a number", 1],
  ])("not %s", (_, document) => {
    expect(allowsEverything(document)).toBe(false);
  });
});

describe("outsidePrincipals", () => {
  const facts = exampleFacts();
  const nobody = { isPublic: false, outside: [], unknown: [] };
  const everybody = (condition: object): ReturnType<typeof outsidePrincipals> | undefined => {
    const policy = readDocument(
      {
        Statement: [
          {
            Effect: "Allow",
            Principal: "*",
            Action: "s3:GetObject",
            Resource: "*",
            Condition: condition,
          },
        ],
      },
      "RESOURCE_POLICY",
    );
    return policy && outsidePrincipals(policy, facts, example.payments);
  };

  test.each<[string, object]>([
    ["one's own organization", { StringEquals: { "aws:PrincipalOrgID": example.organization } }],
    [
      "a unit of it",
      {
        "ForAnyValue:StringLike": {
          "aws:PrincipalOrgPaths": `${example.organization}/${example.root}/*`,
        },
      },
    ],
    ["an account of it", { StringEquals: { "aws:PrincipalAccount": example.audit } }],
    ["a trusted account", { StringEquals: { "aws:SourceAccount": example.partner } }],
    ["a role of it", { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${example.audit}:role/*` } }],
    ["a thing", { ArnLike: { "aws:SourceArn": "arn:aws:s3:::acme-cache" } }],
    ["a network", { IpAddress: { "aws:SourceIp": ["192.0.2.0/24", "2001:db8::/32"] } }],
    [
      "a stranger within one's own organization",
      {
        StringEquals: {
          "aws:PrincipalAccount": example.stranger,
          "aws:PrincipalOrgID": example.organization,
        },
      },
    ],
  ])("narrowed to %s, everybody is nobody", (_, condition) => {
    expect(everybody(condition)).toEqual(nobody);
  });

  test.each<[string, object, string]>([
    [
      "another organization",
      { StringEquals: { "aws:PrincipalOrgID": [example.organization, "o-strangerorg"] } },
      "o-strangerorg",
    ],
    [
      "a unit of another",
      { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-strangerorg/*" } },
      "o-strangerorg",
    ],
    [
      "a stranger's account",
      { StringEquals: { "aws:PrincipalAccount": example.stranger } },
      example.stranger,
    ],
    [
      "a stranger's role",
      { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${example.stranger}:role/x` } },
      example.stranger,
    ],
  ])("narrowed to %s, everybody is that", (_, condition, outside) => {
    expect(everybody(condition)).toEqual({ ...nobody, outside: [outside] });
  });

  test.each<[string, object]>([
    ["nothing", {}],
    ["callers who lack the key", { "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-x" } }],
    ["a role of any account", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/Deploy" } }],
    ["any organization", { StringLike: { "aws:PrincipalOrgID": "o-*" } }],
    ["halves of all addresses", { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } }],
    ["any address of IPv6", { IpAddress: { "aws:SourceIp": "::/0" } }],
    ["what is theirs", { StringEquals: { "aws:ResourceOrgID": example.organization } }],
  ])("narrowed to %s, everybody is everybody", (_, condition) => {
    expect(everybody(condition)).toEqual({ ...nobody, isPublic: true });
  });
});
