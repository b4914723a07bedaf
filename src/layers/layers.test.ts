import { describe, expect, it, test } from "vitest";
import type { OrganizationState, PolicyState, Snapshot } from "../core/snapshot.ts";
import { coverageMatrix } from "../coverage/matrix.ts";
import { organizationLayers } from "./organization-layers.ts";
import { policyControl } from "./policy-control.ts";
import { resourceOf } from "./resource.ts";
import { resourceLayers } from "./resource-layers.ts";

const [management, shop, old] = ["111111111111", "222222222222", "333333333333"];

const account = (id: string, name: string, parentId: string, state = "ACTIVE") =>
  ({
    id,
    name,
    parentId,
    state,
    arn: "",
    email: "",
    joinedMethod: "CREATED",
    joinedAt: "",
  }) as never;

const policy = (name: string, targets: readonly string[] | undefined, more = {}): PolicyState => ({
  id: `p-${name}`,
  arn: "",
  name,
  description: "",
  type: "SERVICE_CONTROL_POLICY",
  awsManaged: false,
  content: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: "Keep", Effect: "Deny", Action: "ec2:Stop*", Resource: "*" }],
  }),
  ...(targets === undefined ? {} : { targets }),
  ...more,
});

const full = policy("FullAWSAccess", ["r-1", "ou-1", shop], {
  awsManaged: true,
  content: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
});

const organization = (more: Partial<OrganizationState> = {}): OrganizationState => ({
  id: "o-1",
  arn: "arn:aws:organizations::111111111111:organization/o-1",
  featureSet: "ALL",
  managementAccountId: management ?? "",
  managementAccountEmail: "",
  root: {
    id: "r-1",
    arn: "",
    name: "Root",
    policyTypes: [{ type: "SERVICE_CONTROL_POLICY", status: "ENABLED" }],
  },
  organizationalUnits: [{ id: "ou-1", arn: "", name: "Workloads", parentId: "r-1" }],
  accounts: [
    account(management ?? "", "Management", "r-1"),
    account(shop ?? "", "Shop", "ou-1"),
    account(old ?? "", "Old", "r-1", "SUSPENDED"),
  ],
  policies: [full],
  trustedAccess: [{ servicePrincipal: "securitylake.amazonaws.com" }],
  delegatedAdministrators: [{ account: shop ?? "", services: ["securitylake.amazonaws.com"] }],
  ...more,
});

const snapshot = (more: Partial<OrganizationState> = {}, services: object = {}): Snapshot => ({
  schemaVersion: 1,
  takenAt: "2026-11-23T00:00:00.000Z",
  caller: { account: management ?? "", arn: "", standing: "management" },
  organization: organization(more),
  services: services as never,
  scope: { tier: "full", homeRegion: "eu-west-1", regions: ["eu-west-1", "us-east-1"] },
  gaps: [],
});

const scps = { type: "SERVICE_CONTROL_POLICY", title: "Service control policies" } as const;

describe("how far policies reach", () => {
  test.each([
    ["none but AWS's own", [full], "off", "0 policies reach 0 of 1 account"],
    ["one on the way", [full, policy("guard", ["ou-1"])], "on", "1 policy reaches 1 of 1 account"],
    [
      "one that is nowhere attached",
      [policy("guard", [])],
      "off",
      "1 policy reaches 0 of 1 account",
    ],
    ["one whose targets were not read", [policy("guard", undefined)], "unknown", /not read/],
    ["policies that were not read", undefined, "unknown", "policies were not read"],
  ] as const)("%s", (_, policies, state, reason) => {
    const found = policyControl(
      scps,
      organization({ policies: policies as never }) as OrganizationState,
    );
    expect(found.state).toBe(state);
    expect(found.reason).toMatch(reason);
  });

  it("counts the management account only for types that bind it", () => {
    const types = [{ type: "S3_POLICY", status: "ENABLED" }];
    const root = { ...organization().root, policyTypes: types };
    const policies = [policy("block", ["ou-1"], { type: "S3_POLICY" })];
    const found = policyControl(
      { type: "S3_POLICY", title: "S3" },
      organization({ root, policies }),
    );
    expect(found).toMatchObject({ state: "partial", covered: { on: 1, known: 2 } });
  });
});

const service = {
  id: "guardduty",
  title: "Amazon GuardDuty",
  layers: ["organization", "resources"] as const,
  regions: ["eu-west-1", "us-east-1"],
  coverage: {
    cells: "region" as const,
    read: ({ state }: { readonly state: { readonly on: readonly string[] } }) => ({
      at: (_: unknown, region: string | undefined) =>
        state.on.includes(region ?? "")
          ? {
              state: "on" as const,
              reason: "member",
              evidence: [{ what: "status", value: "Enabled" }],
            }
          : { state: "off" as const, reason: "no detector", evidence: [] },
    }),
  },
};

describe("from the top down", () => {
  const view = (on: readonly string[] | undefined, more: Partial<OrganizationState> = {}) => {
    const taken = snapshot(more, on === undefined ? {} : { guardduty: { on } });
    const matrix = coverageMatrix(taken, [service], { nowMs: 0 });
    return organizationLayers(taken, matrix, [service]);
  };
  const control = (views: ReturnType<typeof view>, layer: string, id: string) =>
    views.find((one) => one.layer === layer)?.controls.find((one) => one.id === id);

  it("has the six layers in order, a control at each that it works at", () => {
    const views = view(["eu-west-1", "us-east-1"]);
    expect(views.map(({ layer }) => layer)).toEqual([
      "organization",
      "organizational unit",
      "account",
      "network infrastructure",
      "principals",
      "resources",
    ]);
    expect(control(views, "resources", "guardduty")).toMatchObject({ state: "on" });
    expect(control(views, "principals", "guardduty")).toBeUndefined();
    expect(control(views, "principals", "SERVICE_CONTROL_POLICY")).toMatchObject({ state: "off" });
  });

  it("says what is missing and how much, and what turns it on", () => {
    expect(control(view(["eu-west-1"]), "organization", "guardduty")).toMatchObject({
      state: "partial",
      covered: { on: 2, known: 4, unknown: 0, of: "accounts and Regions" },
      remedy: "`services.guardduty`",
    });
    expect(control(view([]), "organization", "guardduty")?.state).toBe("off");
  });

  it("never takes what was not read for on or off", () => {
    expect(control(view(undefined), "organization", "guardduty")?.state).toBe("unknown");
    const { trustedAccess: _, ...unread } = organization();
    const taken = { ...snapshot(), organization: unread as OrganizationState };
    const views = organizationLayers(taken, coverageMatrix(taken, [], { nowMs: 0 }), []);
    expect(control(views, "account", "securitylake")?.state).toBe("unknown");
  });

  it("knows by trusted access what it does not read, and claims no more", () => {
    expect(control(view([]), "account", "securitylake")).toMatchObject({
      state: "partial",
      reason: expect.stringContaining("administered by Shop"),
    });
    expect(control(view([]), "account", "auditmanager")?.state).toBe("off");
  });
});

describe("from the bottom up", () => {
  const instance = `arn:aws:ec2:eu-west-1:${shop}:instance/i-0123456789abcdef0`;
  const bearing = (arn: string, policies: readonly PolicyState[], place = {}) => {
    const taken = snapshot({ policies }, { guardduty: { on: ["eu-west-1"] } });
    const matrix = coverageMatrix(taken, [service], { nowMs: 0 });
    const resource = resourceOf(arn, place, taken.organization);
    return resourceLayers(resource, taken, matrix, [service]);
  };
  const find = (views: ReturnType<typeof bearing>, title: RegExp) =>
    views.flatMap(({ layer, controls }) =>
      controls.filter((one) => title.test(one.title)).map((one) => ({ layer, ...one })),
    );

  it("names the policies on the way that bear on it, at the layer of their level", () => {
    const policies = [
      full,
      policy("guard", ["ou-1"]),
      policy("other", ["r-1"], {
        content:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}',
      }),
    ];
    expect(find(bearing(instance, policies), /^SCP/)).toMatchObject([
      {
        layer: "organizational unit",
        title: "SCP guard",
        state: "on",
        reason: "at Workloads: denies ec2:Stop* (Keep)",
      },
    ]);
    const role = bearing(`arn:aws:iam::${shop}:role/app/Deployer`, policies);
    expect(find(role, /^SCP/).map(({ title }) => title)).toEqual(["SCP other", "SCP guard"]);
  });

  it("says when none bears on it, when they cannot, and when they were not read", () => {
    expect(find(bearing(instance, [full]), /^SCPs/)).toMatchObject([{ state: "off" }]);
    const own = instance.replace(shop ?? "", management ?? "");
    expect(find(bearing(own, [full]), /^SCPs/)).toMatchObject([{ state: "not-applicable" }]);
    const unread = policy("guard", ["ou-1"]);
    const { content: _, ...without } = unread;
    expect(find(bearing(instance, [without as PolicyState]), /^SCPs/)).toMatchObject([
      { state: "unknown" },
    ]);
    expect(find(bearing(instance, [full]), /^RCPs/)).toMatchObject([{ state: "not-applicable" }]);
    expect(
      find(
        bearing("arn:aws:s3:::invoices", [full], { account: "Shop", region: "eu-west-1" }),
        /^RCPs/,
      ),
    ).toMatchObject([{ state: "off", reason: "the policy type is not enabled" }]);
  });

  it("shows the services of its account and Region, by their cells", () => {
    const there = find(bearing(instance, [full]), /^Amazon GuardDuty/);
    expect(there).toMatchObject([
      { layer: "resources", state: "on", evidence: [{ what: "status", value: "Enabled" }] },
    ]);
    const elsewhere = bearing(instance.replace("eu-west-1", "us-east-1"), [full]);
    expect(find(elsewhere, /^Amazon GuardDuty/)).toMatchObject([{ state: "off" }]);
    const outside = bearing(instance.replace("eu-west-1", "ap-south-1"), [full]);
    expect(find(outside, /^Amazon GuardDuty/)).toMatchObject([{ state: "unknown" }]);
    const role = bearing(`arn:aws:iam::${shop}:role/Deployer`, [full]);
    expect(find(role, /^Amazon GuardDuty/)).toMatchObject([
      { state: "partial", reason: "on in 1 of 2 Regions" },
    ]);
  });

  test.each([
    ["hello", {}, "ORGRAIL5440"],
    ["arn:aws:ec2", {}, "ORGRAIL5440"],
    ["arn:aws:s3:::invoices", { region: "eu-west-1" }, "ORGRAIL5441"],
    ["arn:aws:s3:::invoices", { account: "Nobody", region: "eu-west-1" }, "ORGRAIL5441"],
    ["arn:aws:s3:::invoices", { account: "Shop" }, "ORGRAIL5442"],
    ["arn:aws:iam::999999999999:role/a", {}, "ORGRAIL5441"],
  ])("`%s` with %o is refused", (arn, place, code) => {
    expect(() => resourceOf(arn, place, organization())).toThrow(expect.objectContaining({ code }));
  });
});
