import { describe, expect, it } from "vitest";
import { cellStates } from "../../src/core/coverage.ts";
import type { JsonObject } from "../../src/core/json.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { exampleSnapshot } from "../../src/coverage/example.ts";
import { coverageMatrix } from "../../src/coverage/matrix.ts";
import { load } from "./coverage-world.ts";

const [region, optIn] = ["us-east-1", "me-south-1"];
const id = "100000000001";
const here = `${id}/${region}`;

const ec2 = (settings: JsonObject, more: JsonObject = {}): JsonObject => ({
  settings,
  encrypted: [],
  policies: [],
  policyOf: {},
  ...more,
});
const at = (value: JsonObject): JsonObject => ({ [here]: { value } });
const safe = {
  ebsEncryption: at({ EbsEncryptionByDefault: true }),
  instanceMetadata: at({ HttpTokens: "required" }),
  snapshots: at({ State: "block-all-sharing" }),
  images: at({ ImageBlockPublicAccessState: "block-new-sharing" }),
};
const bare = {
  ebsEncryption: at({ EbsEncryptionByDefault: false }),
  instanceMetadata: at({ HttpTokens: "no-preference" }),
  snapshots: at({ State: "unblocked" }),
  images: at({ ImageBlockPublicAccessState: "unblocked" }),
};
const declared = {
  ec2_attributes: {
    instance_metadata_defaults: { http_tokens: "required" },
    snapshot_block_public_access: { state: "block_all_sharing" },
    image_block_public_access: { state: "block_new_sharing" },
  },
};
const ssm = (settings: JsonObject, provenBlocks: readonly string[] = []): JsonObject => ({
  settings: { [id]: { [region]: settings } },
  provenBlocks: [...provenBlocks],
  roles: {},
  patching: {},
});
const role = "service-role/AWSSystemsManagerDefaultEC2InstanceManagementRole";
/** `theirs`: policies of the other administrator; absent: it was not asked. */
const fms = (
  policies: readonly JsonObject[],
  more: readonly JsonObject[] = [],
  theirs?: readonly JsonObject[],
): JsonObject => ({
  administrators: [{ account: id, isDefault: true }, ...more],
  regions: { [region]: { policies: policies.map((content) => ({ id: "p", name: "p", content })) } },
  ...(theirs === undefined
    ? {}
    : {
        others: {
          2: { [region]: { policies: theirs.map((content) => ({ id: "q", name: "q", content })) } },
        },
      }),
});
const scoped = (inRegion: string): JsonObject => ({
  account: "2",
  isDefault: false,
  scope: {
    AccountScope: { AllAccountsEnabled: true },
    OrganizationalUnitScope: { AllOrganizationalUnitsEnabled: true },
    RegionScope: { Regions: [inRegion] },
  },
});

const trail = (isOrganization: boolean, more: JsonObject = {}): JsonObject => ({
  name: isOrganization ? "organization" : "own",
  arn: `arn:aws:cloudtrail:${region}:1:trail/t`,
  homeRegion: "eu-west-1",
  settings: { IsMultiRegionTrail: true, IsOrganizationTrail: isOrganization },
  logging: true,
  selectors: { EventSelectors: [{ ReadWriteType: "All", IncludeManagementEvents: true }] },
  ...more,
});
const stopped = { logging: false };
const writes = { selectors: { EventSelectors: [{ ReadWriteType: "WriteOnly" }] } };
/** `own`: what the account was found to have; absent: it was not asked. */
const cloudtrail = (more: JsonObject, own?: readonly JsonObject[]): JsonObject => ({
  account: "1",
  trails: [trail(true, more)],
  ...(own === undefined ? {} : { local: { [id]: own } }),
});

type Row = readonly [service: string, state: string, json: JsonObject | undefined, why: RegExp];

const rows: readonly Row[] = [
  ["ec2", "on", ec2(safe), /EBS encryption/],
  ["ec2", "off", ec2(bare), /lacks EBS encryption/],
  ["ec2", "partial", ec2({ ...safe, images: bare.images }), /lacks .* images/],
  ["ec2", "unknown", ec2({}), /no policy of the organization says it/],
  ["ec2", "unknown", ec2({ ebsEncryption: bare.ebsEncryption }), /off: EBS.*not known: IMDSv2/],
  ["ec2", "unknown", ec2({}, { policies: [declared], policyOf: { [id]: 0 } }), /not known: EBS/],
  [
    "ec2",
    "on",
    ec2({}, { encrypted: [here], policies: [declared], policyOf: { [id]: 0 } }),
    /EBS encryption/,
  ],
  ["ec2", "unknown", undefined, /the service was not read/],
  ["ssm", "on", ssm({ hostManagement: role, publicSharing: "Disable" }), /host management/],
  ["ssm", "on", ssm({ hostManagement: role }, [here]), /host management/],
  ["ssm", "off", ssm({ hostManagement: "$None", publicSharing: "Enable" }), /lacks default host/],
  ["ssm", "partial", ssm({ hostManagement: role, publicSharing: "Enable" }), /public sharing/],
  ["ssm", "unknown", ssm({}), /only the account itself knows/],
  ["ssm", "unknown", ssm({ hostManagement: role }), /not known: blocked public/],
  ["fms", "on", fms([{ RemediationEnabled: true }]), /policies remedy: p/],
  ["fms", "partial", fms([{ RemediationEnabled: false }]), /report and do not remedy/],
  ["fms", "off", fms([{ RemediationEnabled: true, ExcludeMap: { ACCOUNT: [id] } }]), /no policy/],
  ["fms", "off", fms([{ IncludeMap: { ACCOUNT: ["1"] } }]), /no policy is about it/],
  ["fms", "on", fms([{ RemediationEnabled: true, IncludeMap: { ORG_UNIT: ["r-exam"] } }]), /p/],
  ["fms", "unknown", fms([], [{ account: "2", isDefault: false }]), /were not read/],
  ["fms", "on", fms([], [scoped(region)], [{ RemediationEnabled: true }]), /policies remedy: q/],
  ["fms", "partial", fms([], [scoped(region)], [{ RemediationEnabled: false }]), /not remedy: q/],
  ["fms", "off", fms([], [scoped("eu-west-1")], []), /no policy is about it/],
  ["fms", "unknown", fms([], [scoped(region)]), /another administrator were not read/],
  ["fms", "off", { administrators: [], regions: {} }, /no account administers/],
  ["fms", "unknown", { regions: {} }, /was not read/],
  [
    "sso",
    "on",
    { instance: { arn: "a", region }, asked: [region] },
    /its instance is in us-east-1/,
  ],
  ["sso", "off", { instance: null, asked: [region] }, /has no instance/],
  ["sso", "unknown", { asked: [region] }, /was not read/],
  ["cloudtrail", "on", cloudtrail({}), /the trail organization logs there/],
  // Whether the account has a trail of its own was not looked at: neither good nor bad.
  ["cloudtrail", "unknown", cloudtrail(stopped), /organization is stopped; whether .* only the/],
  ["cloudtrail", "off", cloudtrail(stopped, []), /the trail organization is stopped/],
  ["cloudtrail", "off", cloudtrail(stopped, [trail(false, stopped)]), /organization is stopped/],
  ["cloudtrail", "partial", cloudtrail(stopped, [trail(false)]), /is stopped; the trail own logs/],
  ["cloudtrail", "partial", cloudtrail(stopped, [trail(false, writes)]), /own logs only writes/],
  ["cloudtrail", "partial", cloudtrail(writes), /organization logs only writes/],
  ["cloudtrail", "unknown", cloudtrail({ unreadRegions: [region] }), /was not read/],
  ["cloudtrail", "unknown", cloudtrail({ ...stopped, unreadRegions: [region] }), /is stopped/],
  ["cloudtrail", "off", cloudtrail({ ...stopped, unreadRegions: [region] }, []), /is stopped/],
  ["cloudformation", "on", { access: "ENABLED", stackSets: {}, others: [] }, /has access/],
  ["cloudformation", "off", { access: "DISABLED", stackSets: {}, others: [] }, /no access/],
  [
    "cloudformation",
    "partial",
    { access: "ENABLED", stackSets: {}, others: [{ name: "base", drift: { status: "DRIFTED" } }] },
    /drifted from base/,
  ],
  ["cloudformation", "unknown", { stackSets: {}, others: [] }, /was not read/],
  ["trustedadvisor", "off", {}, /not enabled/],
];

function snapshotWith(services: Readonly<Record<string, JsonObject>>): Snapshot {
  const made = exampleSnapshot(1, services, [region, optIn]);
  // The management account's own trails are always known; members are the question here.
  const management = services.cloudtrail === undefined ? {} : { managementAccountId: "1" };
  return { ...made, organization: { ...made.organization, ...management, trustedAccess: [] } };
}

async function matrixOf(service: string, snapshot: Snapshot, ageMs = 0) {
  const nowMs = Date.parse(snapshot.takenAt) + ageMs;
  return coverageMatrix(snapshot, [await load(service)], { nowMs, maxAgeMs: 1_000 });
}

async function first(service: string, snapshot: Snapshot, ageMs = 0) {
  const matrix = await matrixOf(service, snapshot, ageMs);
  return matrix.organization[0] ?? matrix.verdicts[matrix.columns[0]?.cells[0] ?? -1];
}

describe("settings of accounts and of the organization", () => {
  it.each(rows)("%s is %s", async (service, state, json, why) => {
    const snapshot = snapshotWith(json === undefined ? {} : { [service]: json });
    const found = await first(service, snapshot);
    expect(found?.state).toBe(state);
    expect(found?.reason).toMatch(why);
    const isKnown = state !== "unknown";
    const later = await first(service, snapshot, 2_000);
    expect(later?.state).toBe(isKnown ? "stale" : "unknown");
    if (isKnown) expect(found?.evidence.length).toBeGreaterThan(0);
  });

  it.each(["ec2", "ssm", "fms"])("%s is not applicable where nothing can be", async (service) => {
    const json = rows.find(([one, state]) => one === service && state === "on")?.[2] ?? {};
    const snapshot = snapshotWith({ [service]: json });
    const accounts = snapshot.organization.accounts.map((one) => ({ ...one, state: "SUSPENDED" }));
    const suspended = { ...snapshot, organization: { ...snapshot.organization, accounts } };
    expect((await first(service, suspended as Snapshot))?.state).toBe("not-applicable");
  });

  it("gives the reason of a read that AWS denied", async () => {
    const made = snapshotWith({ ec2: ec2({ ...safe, images: {} }) });
    const gap = {
      kind: "access-denied",
      operation: "ec2:GetImageBlockPublicAccessState",
      account: id,
      region,
      subject: `services/ec2/${here}/images`,
      message: "no",
    } as const;
    const found = await first("ec2", { ...made, gaps: [gap] });
    expect(found?.state).toBe("unknown");
    expect(found?.reason).toMatch(/AWS denied the read: ec2:GetImageBlockPublicAccessState/);
  });

  it("covers all states", () => {
    const seen = new Set([...rows.map(([, state]) => state), "not-applicable", "stale"]);
    expect([...seen].sort()).toEqual([...cellStates].sort());
  });

  it("sees the instance of Identity Center in another Region by its trusted access", async () => {
    const made = snapshotWith({ sso: { instance: null, asked: [region] } });
    const trustedAccess = [{ servicePrincipal: "sso.amazonaws.com", enabledAt: "" }];
    const snapshot = { ...made, organization: { ...made.organization, trustedAccess } };
    expect((await first("sso", snapshot))?.state).toBe("unknown");
  });
});
