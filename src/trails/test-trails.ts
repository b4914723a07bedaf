import type { JsonObject } from "../core/json.ts";
import type { Gap } from "../core/read.ts";
import type { OrganizationAccountState, Snapshot } from "../core/snapshot.ts";
import type { BucketFacts, TrailFacts, TrailsState, UsageFacts } from "./state.ts";

/** Accounts of the tests' organization; the first is the management account. */
export const accounts = {
  Management: "111111111111",
  Logs: "222222222222",
  Shop: "333333333333",
  Dev: "444444444444",
} as const;

/** When the tests' snapshot was taken. */
export const takenAt = "2026-11-20T12:00:00.000Z";
const delivered = "2026-11-20T11:55:00.000Z";
const regions = ["eu-central-1", "us-east-1"];

type Settings = NonNullable<TrailFacts["settings"]>;

/** A trail that logs all management events in one Region, for months, and delivers. */
export function trailFacts(
  name: string,
  account: keyof typeof accounts,
  change: Partial<TrailFacts> = {},
  settings: Partial<Settings> = {},
): TrailFacts {
  const { homeRegion = "eu-central-1" } = change;
  const isWide = settings.IsMultiRegionTrail === true;
  return {
    name,
    arn: `arn:aws:cloudtrail:${homeRegion}:${accounts[account]}:trail/${name}`,
    homeRegion,
    settings: {
      S3BucketName: "acme-trail",
      IsMultiRegionTrail: false,
      IsOrganizationTrail: false,
      EnableLogFileValidation: true,
      KmsKeyId: "",
      CloudWatchLogsLogGroupArn: "",
      ...settings,
    },
    logging: true,
    latestDelivery: delivered,
    startedLogging: "2026-01-01T00:00:00.000Z",
    ...(isWide
      ? { regionStatus: { "us-east-1": { logging: true, latestDelivery: delivered } } }
      : {}),
    selectors: { EventSelectors: [{ ReadWriteType: "All", IncludeManagementEvents: true }] },
    insights: [],
    ...change,
  };
}

/** The organization's trail, in all Regions. */
export function organizationTrail(
  name = "organization",
  change: Partial<TrailFacts> = {},
): TrailFacts {
  const wide = { IsOrganizationTrail: true, IsMultiRegionTrail: true };
  return trailFacts(name, "Management", change, wide);
}

/** An advanced event selector: `{ eventCategory: ["Management"] }`, `!` before what it must not be. */
export function advanced(fields: Readonly<Record<string, readonly string[]>>): JsonObject {
  return {
    FieldSelectors: Object.entries(fields).map(([name, values]) =>
      name.startsWith("!")
        ? { Field: name.slice(1), NotEquals: [...values] }
        : { Field: name, Equals: [...values] },
    ),
  };
}

/** Lines of the bill of October 2026, as `Shop USE1-PaidEventsRecorded 100000`, at list prices. */
export function bill(...lines: readonly string[]): UsageFacts {
  return {
    start: "2026-10-01",
    end: "2026-11-01",
    currency: "USD",
    lines: lines.map((line) => {
      const [name = "", type = "", events = ""] = line.split(" ");
      const price = type.includes("Paid") ? 0.000_02 : type.includes("Data") ? 0.000_001 : 0;
      const account = accounts[name as keyof typeof accounts];
      return { account, type, events: Number(events), cost: Number(events) * price };
    }),
  };
}

const archive: BucketFacts = {
  account: accounts.Logs,
  policy: '{"Version":"2012-10-17","Statement":[]}',
  publicAccessBlock: {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  },
  versioning: "Enabled",
  objectLock: null,
};

/** A snapshot in which members were asked and had no trails, unless the state says otherwise. */
export function trailsSnapshot(
  state: Partial<TrailsState>,
  change: { readonly tier?: "full" | "inside"; readonly gaps?: readonly Gap[] } = {},
): Snapshot {
  const { tier = "inside", gaps = [] } = change;
  const account = ([name, id]: readonly [string, string]): OrganizationAccountState => ({
    id,
    arn: `arn:aws:organizations::${accounts.Management}:account/o-a/${id}`,
    name,
    email: `${name}@example.com`,
    state: "ACTIVE",
    joinedMethod: "CREATED",
    joinedAt: "2020-01-01T00:00:00.000Z",
    parentId: "r-a",
  });
  const asked = { [accounts.Logs]: [], [accounts.Shop]: [], [accounts.Dev]: [] };
  const cloudtrail: TrailsState = {
    account: accounts.Management,
    trails: [],
    buckets: { "acme-trail": archive },
    ...(tier === "inside" ? { local: asked } : {}),
    ...state,
  };
  return {
    schemaVersion: 1,
    takenAt,
    caller: {
      account: accounts.Management,
      arn: "arn:aws:iam::111111111111:root",
      standing: "management",
    },
    organization: {
      id: "o-aaaaaaaaaa",
      arn: "arn:aws:organizations::111111111111:organization/o-aaaaaaaaaa",
      featureSet: "ALL",
      managementAccountId: accounts.Management,
      managementAccountEmail: "management@example.com",
      accounts: Object.entries(accounts).map(account),
      roots: [],
      organizationalUnits: [],
    } as unknown as Snapshot["organization"],
    services: { cloudtrail: cloudtrail as unknown as JsonObject },
    scope: { tier, homeRegion: "eu-central-1", regions },
    gaps,
  };
}
