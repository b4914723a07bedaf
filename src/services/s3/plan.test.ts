import { expect, test } from "vitest";
import type { OrganizationFacts, PlannedAccount, ServicePlan } from "../../core/service-plan.ts";
import { s3Planner } from "./plan.ts";
import { s3Schema } from "./schema.ts";
import type { S3State } from "./state.ts";

const account = (name: string, id: string): PlannedAccount => ({
  name,
  id,
  exists: true,
  state: "ACTIVE",
  isManagement: name === "Management",
  path: name === "Management" ? [] : ["Workloads"],
});
const facts: OrganizationFacts = {
  organizationId: "o-example0000",
  managementAccountId: "100000000000",
  partition: "aws",
  homeRegion: "eu-west-1",
  governedRegions: ["eu-west-1"],
  units: [{ path: [], id: "r-root" }],
  accounts: [account("Management", "100000000000"), account("Shop", "300000000000")],
};
const blocked = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

function planned(block: object, state: Partial<S3State>): ServicePlan {
  return s3Planner.plan({
    block: s3Schema.parse(block),
    state: { byAccount: {}, otherLenses: [], ...state },
    facts,
    files: {},
  });
}
const steps = ({ changes }: ServicePlan): readonly string[] =>
  changes.map(({ operation, workIn }) => `${operation} ${String(workIn)}`);

test("a policy is asked for, and accounts that none reaches are named with what to add", () => {
  const block = s3Schema.parse({ publicAccessBlock: {} });
  expect(s3Planner.needs(block)).toEqual({
    trustedAccess: [],
    delegatedAdministrators: [],
    policyTypes: ["S3_POLICY"],
  });
  const plan = planned(block, { byPolicy: { "100000000000": true, "300000000000": false } });
  expect(plan.changes).toEqual([]);
  expect(plan.issues).toMatchObject([{ code: "ORGRAIL3191", severity: "warning" }]);
  expect(plan.issues[0]?.summary).toContain("in Shop when");
  expect(plan.issues[0]?.help).toContain("guardrail: s3-block-public-access, attach: [Root]");
  expect(planned(block, { byPolicy: {} }).issues).toEqual([]);
});

test.each<[string, S3State["byAccount"], readonly string[]]>([
  ["none", { "300000000000": null }, ["PutPublicAccessBlock 300000000000"]],
  [
    "half a block",
    { "300000000000": { ...blocked, IgnorePublicAcls: false } },
    ["PutPublicAccessBlock 300000000000"],
  ],
  ["a whole block", { "300000000000": blocked }, []],
  ["what was not read", {}, []],
])("account by account: %s", (_, byAccount, expected) => {
  const block = { publicAccessBlock: { via: "account" } };
  expect(steps(planned(block, { byAccount }))).toEqual(expected);
});

test("`remove` takes whole blocks back, and the administrator with Storage Lens", () => {
  const block = {
    delegatedAdministrator: "Shop",
    publicAccessBlock: { via: "account" },
    storageLens: {},
    remove: true,
  };
  const state = {
    byAccount: { "100000000000": null, "300000000000": blocked },
    lens: { Id: "organization" },
  };
  expect(steps(planned(block, state))).toEqual([
    "DeleteStorageLensConfiguration 300000000000",
    "DeletePublicAccessBlock 300000000000",
  ]);
  expect(s3Planner.needs(s3Schema.parse(block)).withdraw).toEqual({
    trustedAccess: ["storage-lens.s3.amazonaws.com"],
    delegatedAdministrators: [
      { servicePrincipal: "storage-lens.s3.amazonaws.com", account: "Shop" },
    ],
  });
});

test("a Storage Lens of the block's name keeps what the block does not speak of", () => {
  const lens = {
    Id: "organization",
    IsEnabled: false,
    Exclude: { Buckets: ["arn:aws:s3:::noise"] },
    AccountLevel: { BucketLevel: { PrefixLevel: { StorageMetrics: { IsEnabled: true } } } },
  };
  const plan = planned({ storageLens: {} }, { lens });
  expect(plan.changes).toMatchObject([
    {
      operation: "PutStorageLensConfiguration",
      region: "eu-west-1",
      before: lens,
      after: {
        IsEnabled: true,
        Exclude: lens.Exclude,
        AwsOrg: { Arn: "arn:aws:organizations::100000000000:organization/o-example0000" },
        AccountLevel: {
          AdvancedDataProtectionMetrics: { IsEnabled: true },
          BucketLevel: {
            AdvancedDataProtectionMetrics: { IsEnabled: true },
            PrefixLevel: { StorageMetrics: { IsEnabled: true } },
          },
        },
      },
    },
  ]);
  const after = plan.changes[0]?.after;
  expect(planned({ storageLens: {} }, after == null ? {} : { lens: after }).changes).toEqual([]);
});
