import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../core/json.ts";
import { bucketStatements, canonicalPolicy, keyStatements } from "./documents.ts";
import { mergeStatements } from "./merge-statements.ts";

const arn = (name: string): string => `arn:aws:cloudtrail:eu-west-1:111111111111:trail/${name}`;
const wanted = bucketStatements({
  partition: "aws",
  organizationId: "o-exampleorgid",
  managementAccountId: "111111111111",
  bucket: "logs",
  trailArns: [arn("organization")],
  prefixes: [""],
  hasOrganizationTrail: true,
  requireTls: true,
});
const parse = (text: string): { Statement: JsonObject[] } => JSON.parse(text);
const document = (...Statement: JsonObject[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement });
const [aclCheck = {}, write = {}] = wanted;

describe("mergeStatements", () => {
  it("makes AWS's documented policy of nothing", () => {
    const { Statement } = parse(mergeStatements(null, wanted));
    expect(Statement.map(({ Sid }) => Sid)).toEqual([
      "AWSCloudTrailAclCheck20150319",
      "AWSCloudTrailWrite20150319",
      "AWSCloudTrailOrganizationWrite20150319",
      "OrgrailRequireTls",
    ]);
    expect(Statement[2]).toEqual({
      Sid: "AWSCloudTrailOrganizationWrite20150319",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: "arn:aws:s3:::logs/AWSLogs/o-exampleorgid/*",
      Condition: {
        StringEquals: {
          "s3:x-amz-acl": "bucket-owner-full-control",
          "aws:SourceArn": arn("organization"),
        },
      },
    });
  });

  it("changes nothing the second time", () => {
    const once = mergeStatements(null, wanted);
    expect(mergeStatements(once, wanted)).toBe(once);
  });

  it("keeps statements of others, in their order", () => {
    const theirs = {
      Sid: "Config",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:x",
      Resource: "*",
    };
    const { Statement } = parse(mergeStatements(document(theirs, aclCheck), wanted));
    expect(Statement.map(({ Sid }) => Sid).slice(0, 3)).toEqual([
      "Config",
      "AWSCloudTrailAclCheck20150319",
      "AWSCloudTrailWrite20150319",
    ]);
    expect(Statement[0]).toEqual(theirs);
  });

  it("keeps the trails that a statement of ours was for already", () => {
    const older = {
      ...write,
      Condition: {
        StringEquals: {
          "s3:x-amz-acl": "bucket-owner-full-control",
          "aws:SourceArn": arn("older"),
        },
      },
    };
    const merged = parse(mergeStatements(document(older), wanted)).Statement[0];
    expect(merged).toMatchObject({
      Condition: { StringEquals: { "aws:SourceArn": [arn("older"), arn("organization")] } },
    });
  });

  it("adds aws:SourceArn to a statement that lacks it", () => {
    const open = { ...aclCheck };
    delete (open as Record<string, unknown>).Condition;
    const merged = parse(mergeStatements(document(open), wanted)).Statement[0];
    expect(merged).toEqual(aclCheck);
  });

  it("leaves a statement of our Sid that does more, and adds its own beside it", () => {
    const more = { ...write, Resource: ["arn:aws:s3:::logs/AWSLogs/222222222222/*"] };
    const { Statement } = parse(mergeStatements(document(more), wanted));
    expect(Statement[0]?.Resource).toEqual(more.Resource);
    expect(Statement.map(({ Sid }) => Sid)).toContain("AWSCloudTrailWrite201503192");
    const text = JSON.stringify({ Version: "2012-10-17", Statement });
    expect(mergeStatements(text, wanted)).toBe(canonicalPolicy(text));
  });

  it("takes an account's id and its ARN for the same principal", () => {
    const facts = {
      partition: "aws",
      managementAccountId: "111111111111",
      trailArns: [arn("organization")],
    };
    const statements = keyStatements(facts, "222222222222", ["333333333333"]);
    const asAwsGivesIt = mergeStatements(null, statements).replaceAll(
      /"AWS":"(\d{12})"/g,
      '"AWS":"arn:aws:iam::$1:root"',
    );
    expect(asAwsGivesIt).toContain("arn:aws:iam::222222222222:root");
    expect(mergeStatements(asAwsGivesIt, statements)).toBe(mergeStatements(null, statements));
  });
});
