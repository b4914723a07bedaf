import { describe, expect, it } from "vitest";
import type { OrganizationFacts, PlannedAccount, ServicePlan } from "../../core/service-plan.ts";
import { bucketStatements, keyStatements } from "./documents.ts";
import { mergeStatements } from "./merge-statements.ts";
import { cloudtrailPlanner } from "./plan.ts";
import { type CloudTrailBlock, cloudtrailSchema } from "./schema.ts";
import type { BucketState, CloudTrailState, TrailFacet, TrailState } from "./state.ts";

const management = "111111111111";
const archive = "222222222222";
const region = "eu-west-1";
const keyArn = `arn:aws:kms:${region}:${archive}:key/k`;
const trailArn = (name: string): string =>
  `arn:aws:cloudtrail:${region}:${management}:trail/${name}`;

const account = (name: string, id: string, more: Partial<PlannedAccount> = {}): PlannedAccount => ({
  name,
  id,
  exists: true,
  state: "ACTIVE",
  isManagement: id === management,
  path: [],
  ...more,
});

const facts: OrganizationFacts = {
  organizationId: "o-exampleorgid",
  managementAccountId: management,
  partition: "aws",
  homeRegion: region,
  governedRegions: [region],
  units: [],
  accounts: [account("Logs", archive), account("Management", management)],
};

const block = (more: object = {}, trail: object = {}, logs: object = {}): CloudTrailBlock =>
  cloudtrailSchema.parse({
    logArchive: { account: "Logs", bucket: "logs", key: { alias: "trail" }, ...logs },
    trails: [{ name: "organization", ...trail }],
    ...more,
  });

const statementFacts = {
  partition: "aws",
  organizationId: facts.organizationId,
  managementAccountId: management,
  bucket: "logs",
  trailArns: [trailArn("organization")],
  prefixes: [""],
  hasOrganizationTrail: true,
  requireTls: true,
};

const bucket: BucketState = {
  region,
  policy: mergeStatements(null, bucketStatements(statementFacts)),
  publicAccessBlock: {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  },
  versioning: "Enabled",
  encryption: { algorithm: "aws:kms", key: keyArn, bucketKey: true },
  ownership: "BucketOwnerEnforced",
};

const settings: TrailFacet = {
  S3BucketName: "logs",
  S3KeyPrefix: "",
  IncludeGlobalServiceEvents: true,
  IsMultiRegionTrail: true,
  EnableLogFileValidation: true,
  KmsKeyId: keyArn,
  IsOrganizationTrail: true,
  CloudWatchLogsLogGroupArn: "",
  CloudWatchLogsRoleArn: "",
};

const trail = (more: Partial<TrailState> = {}, name = "organization"): TrailState => ({
  name,
  arn: trailArn(name),
  homeRegion: region,
  settings,
  logging: true,
  selectors: { EventSelectors: [{ ReadWriteType: "All", IncludeManagementEvents: true }] },
  insights: [],
  tags: {},
  ...more,
});

const covered = (more: Partial<CloudTrailState> = {}): CloudTrailState => ({
  account: management,
  trails: [trail()],
  bucket,
  key: {
    arn: keyArn,
    state: "Enabled",
    policy: mergeStatements(null, keyStatements(statementFacts, archive, [])),
    rotation: true,
  },
  ...more,
});

const planOf = (state: CloudTrailState | undefined, wanted = block()): ServicePlan =>
  cloudtrailPlanner.plan({ block: wanted, state, facts, files: {} });
const operations = (plan: ServicePlan): readonly string[] =>
  plan.changes.map(({ operation }) => operation);
const codes = (plan: ServicePlan): readonly string[] => plan.issues.map(({ code }) => code);

describe("CloudTrail's plan", () => {
  it("is empty when all is as the file wants it", () => {
    expect(planOf(covered()).changes).toEqual([]);
    expect(planOf(covered()).issues).toEqual([]);
  });

  it("makes key, bucket, policy, trail and logging, each after what it needs", () => {
    const plan = planOf({ account: management, trails: [], bucket: null, key: null });
    expect(operations(plan)).toEqual([
      "CreateKey",
      "CreateAlias",
      "EnableKeyRotation",
      "CreateBucket",
      "PutBucketVersioning",
      "PutBucketEncryption",
      "PutBucketPolicy",
      "CreateTrail",
      "StartLogging",
    ]);
    const made = plan.changes.find(({ operation }) => operation === "CreateTrail");
    expect(made?.needs).toEqual(
      expect.arrayContaining([
        `cloudtrail/bucket:logs@Logs/${region}/policy`,
        `cloudtrail/key:trail@Logs/${region}/policy`,
        "trustedAccess:cloudtrail.amazonaws.com",
      ]),
    );
    expect(made?.workIn).toBeUndefined();
    expect(made?.input.KmsKeyId).toEqual({ $ref: `cloudtrail/key:trail@Logs/${region}` });
    expect(plan.changes[0]?.workIn).toBe(archive);
  });

  const drift: readonly (readonly [string, Partial<CloudTrailState>, string, object, string])[] = [
    [
      "an open bucket",
      { bucket: { ...bucket, publicAccessBlock: null } },
      "PutPublicAccessBlock",
      {},
      "none",
    ],
    [
      "no versioning",
      { bucket: { ...bucket, versioning: "Suspended" } },
      "PutBucketVersioning",
      { versioning: "Suspended" },
      "none",
    ],
    [
      "keys of S3",
      { bucket: { ...bucket, encryption: { algorithm: "AES256", key: "", bucketKey: false } } },
      "PutBucketEncryption",
      {},
      "none",
    ],
    [
      "access control lists",
      { bucket: { ...bucket, ownership: "ObjectWriter" } },
      "PutBucketOwnershipControls",
      { ownership: "ObjectWriter" },
      "none",
    ],
    [
      "no bucket policy",
      { bucket: { ...bucket, policy: null } },
      "PutBucketPolicy",
      { policy: null },
      "none",
    ],
    [
      "one Region",
      { trails: [trail({ settings: { ...settings, IsMultiRegionTrail: false } })] },
      "UpdateTrail",
      { IsMultiRegionTrail: false },
      "none",
    ],
    [
      "another bucket",
      { trails: [trail({ settings: { ...settings, S3BucketName: "old" } })] },
      "UpdateTrail",
      { S3BucketName: "old" },
      "protection",
    ],
    [
      "no logging",
      { trails: [trail({ logging: false })] },
      "StartLogging",
      { logging: false },
      "none",
    ],
  ];
  it.each(drift)("mends %s, and that alone", (_, state, operation, before, risk) => {
    const { changes } = planOf(covered(state));
    expect(changes.map((change) => change.operation)).toEqual([operation]);
    expect(changes[0]?.before).toMatchObject(before);
    expect(changes[0]?.risk ?? "none").toBe(risk);
  });

  it("adopts a trail of another name where the file says so, and keeps its name", () => {
    const found = trail({ logging: false }, "legacy");
    const state = covered({ trails: [found] });
    const plan = planOf(state, block({}, { adopt: "legacy" }));
    // The bucket's and the key's policies come to name the adopted trail.
    expect(operations(plan)).toEqual(["PutKeyPolicy", "PutBucketPolicy", "StartLogging"]);
    expect(plan.changes.at(-1)?.input).toEqual({ Name: trailArn("legacy") });
    expect(plan.foreign).toEqual([]);
  });

  it("leaves an adopted trail its folder, and opens the bucket's policy for it", () => {
    const found = trail({ settings: { ...settings, S3KeyPrefix: "old" } });
    const plan = planOf(covered({ trails: [found] }));
    expect(operations(plan)).toEqual(["PutBucketPolicy"]);
    expect(String(plan.changes[0]?.after?.policy)).toContain("logs/old/AWSLogs/o-exampleorgid/*");
  });

  it("shows trails that the file does not name, warns of a second organization trail", () => {
    const plan = planOf(covered({ trails: [trail({}, "stray")] }));
    expect(plan.foreign).toEqual([
      {
        address: `cloudtrail/trail:stray@Management/${region}`,
        id: trailArn("stray"),
        note: "organization trail",
      },
    ]);
    expect(operations(plan)).toContain("CreateTrail");
    expect(operations(plan)).not.toContain("DeleteTrail");
    expect(codes(plan)).toEqual(["ORGRAIL3162"]);
  });

  it("keeps another trail's right to the bucket", () => {
    const plan = planOf(covered({ trails: [trail(), trail({}, "stray")] }));
    const policy = plan.changes.find(({ operation }) => operation === "PutBucketPolicy");
    expect(String(policy?.after?.policy)).toContain(trailArn("stray"));
  });

  const refused: readonly (readonly [string, CloudTrailState, CloudTrailBlock, string])[] = [
    ["another account's bucket", covered({ bucket: "taken", trails: [] }), block(), "ORGRAIL3164"],
    [
      "a trail to adopt that is not there",
      covered({ trails: [] }),
      block({}, { adopt: "x" }),
      "ORGRAIL3167",
    ],
    [
      "a key that is to be deleted",
      covered({ trails: [], key: { arn: keyArn, state: "PendingDeletion" } }),
      block(),
      "ORGRAIL3163",
    ],
  ];
  it.each(refused)("plans no trail for %s", (_, state, wanted, code) => {
    const plan = planOf(state, wanted);
    expect(codes(plan)).toContain(code);
    expect(operations(plan)).not.toContain("CreateTrail");
  });

  it("plans nothing on what was not read", () => {
    expect(planOf(undefined).changes).toEqual([]);
    expect(planOf({ account: management }).changes).toEqual([]);
    expect(operations(planOf({ account: management, trails: [], key: null }))).not.toContain(
      "CreateTrail",
    );
    const { bucket: _, ...unread } = covered({ trails: [trail({ logging: false })] });
    expect(planOf(unread).changes).toEqual([]);
  });

  it("never weakens what is stronger: a key where the file wants none stays", () => {
    const wanted = block({}, {}, { key: undefined });
    expect(planOf(covered(), wanted).changes).toEqual([]);
  });

  it("removes trails only when told to, and keeps the log files", () => {
    const plan = planOf(covered(), block({ remove: true }));
    expect(plan.changes).toMatchObject([
      { operation: "DeleteTrail", phase: "undo", risk: "protection" },
    ]);
    expect(codes(plan)).toEqual(["ORGRAIL3165"]);
  });

  it("warns of a trail that logs no management events and of one that cannot write", () => {
    const state = covered({
      trails: [
        trail({
          selectors: { EventSelectors: [{ IncludeManagementEvents: false }] },
          latestDeliveryError: "AccessDenied",
        }),
      ],
    });
    expect(codes(planOf(state))).toEqual(["ORGRAIL3168", "ORGRAIL3169"]);
  });
});
