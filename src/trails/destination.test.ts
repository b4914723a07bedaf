import { describe, expect, test } from "vitest";
import { writersOf } from "./bucket-policy.ts";
import { destinationOf } from "./destination.ts";
import type { BucketFacts, TrailsState } from "./state.ts";
import { accounts, organizationTrail } from "./test-trails.ts";

const cloudTrail = { Service: "cloudtrail.amazonaws.com" };
const own = { StringEquals: { "aws:SourceOrgID": "o-aaaaaaaaaa" } };
const everyFlag = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

const put = { Effect: "Allow", Principal: cloudTrail, Action: "s3:PutObject", Resource: "*" };

describe("writersOf", () => {
  const nobody = { isPublic: false, others: [], isCloudTrailUnbound: false };
  test.each([
    ["CloudTrail alone", [{ ...put, Condition: own }], nobody],
    ["any trail", [put], { ...nobody, isCloudTrailUnbound: true }],
    [
      "a role that deletes",
      [{ Effect: "Allow", Principal: { AWS: ["arn:x"] }, Action: "s3:Delete*", Resource: "*" }],
      { ...nobody, others: ["arn:x"] },
    ],
    [
      "a role that reads",
      [{ Effect: "Allow", Principal: { AWS: "arn:x" }, Action: ["s3:GetObject"], Resource: "*" }],
      nobody,
    ],
    [
      "anybody who reads",
      [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }],
      { ...nobody, isPublic: true },
    ],
    [
      "the organization, all but one operation",
      [
        {
          Effect: "Allow",
          Principal: { AWS: "*" },
          NotAction: "s3:DeleteBucket",
          Resource: "*",
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-aaaaaaaaaa" } },
        },
      ],
      { ...nobody, others: ["* under a condition"] },
    ],
    ["what is denied", [{ ...put, Effect: "Deny", Principal: "*" }], nobody],
  ])("%s", (_, statements, writers) => {
    expect(writersOf(policy(...statements))).toEqual(writers);
  });

  test("no policy", () => {
    expect(writersOf("{")).toBeUndefined();
  });
});

describe("destinationOf", () => {
  const good: BucketFacts = {
    account: accounts.Logs,
    policy: policy({ ...put, Condition: own }),
    publicAccessBlock: everyFlag,
    versioning: "Enabled",
    objectLock: null,
  };
  const key = `arn:aws:kms:eu-central-1:${accounts.Logs}:key/k`;
  const trail = organizationTrail();
  const { settings } = trail;
  const judge = (state: Omit<TrailsState, "account">): readonly string[] => {
    if (settings === undefined) throw new Error("no settings");
    const withKey = { ...trail, settings: { ...settings, KmsKeyId: key } };
    const found = destinationOf(
      withKey,
      { account: accounts.Management, keys: { [key]: { arn: key, state: "Enabled" } }, ...state },
      accounts.Management,
    );
    return [found?.safety ?? "", ...(found?.remarks ?? []).map(({ text }) => text)];
  };
  const buckets = (bucket: NonNullable<TrailsState["buckets"]>[string]) => ({
    buckets: { "acme-trail": bucket },
  });

  test.each([
    ["safe", buckets(good), /^$/],
    ["unsafe", buckets("missing"), /does not exist/],
    ["unsafe", buckets("foreign"), /in no account of the organization/],
    ["unknown", buckets("elsewhere"), /--tier inside/],
    ["unknown", {}, /was not read/],
    ["unsafe", buckets({ ...good, publicAccessBlock: null }), /public access/],
    ["unsafe", buckets({ ...good, policy: null }), /no policy/],
    ["unknown", buckets({ account: accounts.Logs }), /its public access block was not read/],
    ["weak", buckets({ ...good, versioning: null }), /no versioning/],
    ["weak", buckets({ ...good, policy: policy(put) }), /any trail/],
    ["weak", buckets({ ...good, account: accounts.Management }), /management account holds/],
    ["unsafe", { ...buckets(good), keys: { [key]: null } }, /key does not exist/],
    ["unsafe", { ...buckets(good), keys: { [key]: "foreign" as const } }, /outside/],
    [
      "unsafe",
      { ...buckets(good), keys: { [key]: { arn: key, state: "PendingDeletion" } } },
      /PendingDeletion/,
    ],
    ["unknown", { ...buckets(good), keys: {} }, /key was not read/],
  ] as const)("%s: %j", (safety, state, remark) => {
    const [found, first = ""] = judge(state);
    expect(found).toBe(safety);
    expect(first).toMatch(remark);
  });
});
