import { describe, expect, test } from "vitest";
import type { OrganizationFacts, PlannedAccount, ServicePlan } from "../../core/service-plan.ts";
import { ec2Planner } from "./plan.ts";
import { type Ec2Block, ec2Schema } from "./schema.ts";
import type { Ec2State } from "./state.ts";

const account = (name: string, id: string, more: Partial<PlannedAccount> = {}): PlannedAccount => ({
  name,
  id,
  exists: true,
  state: "ACTIVE",
  isManagement: false,
  path: ["Workloads"],
  ...more,
});
const facts: OrganizationFacts = {
  organizationId: "o-example0000",
  managementAccountId: "100000000000",
  partition: "aws",
  homeRegion: "eu-west-1",
  governedRegions: ["eu-west-1", "us-east-1"],
  units: [{ path: [], id: "r-root" }],
  accounts: [
    account("Management", "100000000000", { isManagement: true, path: [] }),
    account("Shop", "300000000000"),
  ],
};
const nothing: Ec2State = { settings: {}, encrypted: [], policies: [], policyOf: {} };

function planned(
  block: Parameters<typeof ec2Schema.parse>[0],
  state: Partial<Ec2State>,
  more: Partial<OrganizationFacts> = {},
): ServicePlan {
  return ec2Planner.plan({
    block: ec2Schema.parse(block) as Ec2Block,
    state: { ...nothing, ...state },
    facts: { ...facts, ...more },
    files: {},
  });
}

const steps = ({ changes }: ServicePlan): readonly string[] =>
  changes.map(({ operation, workIn, region }) => `${operation} ${String(workIn)} ${region}`);
const codes = ({ issues }: ServicePlan): readonly string[] => issues.map(({ code }) => code);

/** A setting that reads the same in all places. */
function everywhere<T>(value: T): Record<string, T> {
  const places = facts.accounts.flatMap(({ id }) =>
    facts.governedRegions.map((region) => `${String(id)}/${region}`),
  );
  return Object.fromEntries(places.map((place) => [place, value]));
}

const off = { value: { EbsEncryptionByDefault: false } };

describe("EBS encryption", () => {
  test("is set in every account and Region where it is off", () => {
    const plan = planned({ ebsEncryption: {} }, { settings: { ebsEncryption: everywhere(off) } });
    expect(steps(plan)).toEqual([
      "EnableEbsEncryptionByDefault 100000000000 eu-west-1",
      "EnableEbsEncryptionByDefault 100000000000 us-east-1",
      "EnableEbsEncryptionByDefault 300000000000 eu-west-1",
      "EnableEbsEncryptionByDefault 300000000000 us-east-1",
    ]);
  });

  test("is not looked at where Config proves it, and not planned where it was not read", () => {
    const { "300000000000/us-east-1": one } = everywhere(off);
    const plan = planned(
      { ebsEncryption: {} },
      {
        encrypted: ["100000000000/eu-west-1"],
        settings: one === undefined ? {} : { ebsEncryption: { "300000000000/us-east-1": one } },
      },
    );
    expect(steps(plan)).toEqual(["EnableEbsEncryptionByDefault 300000000000 us-east-1"]);
    expect(plan.compared).toEqual([
      "ec2/ebsEncryption@Management/eu-west-1",
      "ec2/ebsEncryption@Shop/us-east-1",
    ]);
  });

  test("takes its key where one is named for the Region", () => {
    const key = "arn:aws:kms:us-east-1:200000000000:key/mrk-1";
    const plan = planned(
      { ebsEncryption: { kmsKeys: { "us-east-1": key } }, excludeAccounts: ["Management"] },
      {
        settings: {
          ebsKey: everywhere({ value: { KmsKeyId: "arn:aws:kms:alias/aws/ebs" } }),
          ebsEncryption: everywhere({ value: { EbsEncryptionByDefault: true } }),
        },
      },
    );
    expect(steps(plan)).toEqual(["ModifyEbsDefaultKmsKeyId 300000000000 us-east-1"]);
    expect(plan.changes[0]?.after).toEqual({ KmsKeyId: key });
  });

  test("leaves Regions alone that an account has not enabled, and accounts that are still to come", () => {
    const [management, shop] = facts.accounts;
    const accounts = [
      ...(management === undefined ? [] : [management]),
      ...(shop === undefined
        ? []
        : [{ ...shop, regions: [{ name: "us-east-1", status: "DISABLED" as const }] }]),
      account("New", "", { exists: false, id: { $ref: "account:New" } }),
    ];
    const plan = planned(
      { ebsEncryption: {}, excludeAccounts: ["Management"] },
      { settings: { ebsEncryption: everywhere(off) } },
      { accounts },
    );
    expect(steps(plan)).toEqual(["EnableEbsEncryptionByDefault 300000000000 eu-west-1"]);
    expect(codes(plan)).toEqual(["ORGRAIL3194"]);
  });
});

describe("declarative policies", () => {
  const baseline = {
    ec2_attributes: {
      serial_console_access: { status: "disabled" },
      snapshot_block_public_access: { state: "block_all_sharing" },
      vpc_block_public_access: { internet_gateway_block: { mode: "block_ingress" } },
    },
  };

  test("are asked for, and satisfy what they say", () => {
    const block = ec2Schema.parse({ serialConsole: {}, snapshots: {} });
    expect(ec2Planner.needs(block).policyTypes).toEqual(["DECLARATIVE_POLICY_EC2"]);
    expect(ec2Planner.needs({ ...block, via: "account" }).policyTypes).toEqual([]);
    const policyOf = { "100000000000": 0, "300000000000": 0 };
    const plan = planned(block, { policies: [baseline], policyOf });
    expect(plan.issues).toEqual([]);
    expect(plan.changes).toEqual([]);
  });

  test.each([
    [{ images: {} }, "guardrail: ec2-baseline, attach: [Root]", "Management, Shop"],
    [
      { vpcInternetAccess: { mode: "block-bidirectional" } },
      "internetGatewayBlock: block_bidirectional",
      "Management, Shop",
    ],
    [
      { allowedImages: { state: "enabled" } },
      '{ allowed_images_settings: { state: { "@@assign": enabled } } }',
      "Management, Shop",
    ],
    [{ serialConsole: {} }, "guardrail: ec2-baseline", "Shop"],
  ])("that say too little for %j are named with what to add", (block, help, names) => {
    const policyOf = { "100000000000": 0, "300000000000": null };
    const plan = planned(block, { policies: [baseline], policyOf });
    expect(codes(plan)).toEqual(["ORGRAIL3192"]);
    expect(plan.issues[0]?.help).toContain(help);
    expect(plan.issues[0]?.summary).toContain(`in ${names} when`);
    expect(plan.changes).toEqual([]);
  });

  test("that were not read are taken for neither", () => {
    expect(planned({ serialConsole: {} }, { policyOf: {} }).issues).toEqual([]);
  });

  test("that hold a setting otherwise are not fought", () => {
    const held = { value: { State: "block-new-sharing" }, isDeclared: true } as const;
    const plan = planned(
      { snapshots: { via: "account" } },
      { settings: { snapshots: everywhere(held) } },
    );
    expect(plan.changes).toEqual([]);
    expect(codes(plan)).toEqual(["ORGRAIL3193"]);
  });
});

test("images are limited only once it is said to which", () => {
  const open = { value: { State: "disabled", ImageCriteria: [] } };
  const plan = planned(
    {
      via: "account",
      regions: ["eu-west-1"],
      excludeAccounts: ["Management"],
      allowedImages: { state: "enabled", providers: ["amazon"] },
    },
    { settings: { allowedImages: everywhere(open) } },
  );
  expect(plan.changes).toMatchObject([
    { operation: "ReplaceImageCriteriaInAllowedImagesSettings" },
    {
      operation: "EnableAllowedImagesSettings",
      needs: ["ec2/allowedImages:criteria@Shop/eu-west-1"],
    },
  ]);
});

test("`remove` takes back what is as the block makes it, and nothing else", () => {
  const settings = {
    ebsEncryption: {
      ...everywhere(off),
      "300000000000/us-east-1": { value: { EbsEncryptionByDefault: true } },
    },
    images: everywhere({ value: { ImageBlockPublicAccessState: "block-new-sharing" } }),
  };
  const plan = planned(
    { ebsEncryption: {}, images: { via: "account" }, remove: true },
    { settings },
  );
  expect(steps(plan)).toEqual(["DisableEbsEncryptionByDefault 300000000000 us-east-1"]);
  expect(plan.changes[0]).toMatchObject({ phase: "undo", risk: "protection" });
});

test("what opens something is marked", () => {
  const shut = everywhere({ value: { SerialConsoleAccessEnabled: false } });
  const plan = planned(
    { via: "account", serialConsole: { enabled: true } },
    { settings: { serialConsole: shut } },
  );
  expect(plan.changes.map(({ risk }) => risk)).toEqual(Array(4).fill("protection"));
});
