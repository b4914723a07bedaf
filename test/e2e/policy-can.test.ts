import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { openExample } from "../../src/services/open-example.ts";
import { writeSnapshotFile } from "../../src/store/snapshot-file.ts";
import { managementId, policyId, snapshotOf } from "../plan/builders.ts";
import { type PolicyFolder, policyFolder, scp } from "./support/policy-folder.ts";

const config = `version: 1
organizationalUnits:
  - name: Workloads
accounts:
  - { name: Shop, email: shop@example.com, id: "222233334444", organizationalUnit: Workloads }
  - { name: Blog, email: blog@example.com, organizationalUnit: Workloads }
policies:
  - name: Regions
    type: SERVICE_CONTROL_POLICY
    file: regions.json
    attach: [Workloads]
  - name: Tls
    type: RESOURCE_CONTROL_POLICY
    content:
      Version: "2012-10-17"
      Statement:
        - Sid: OnlyTls
          Effect: Deny
          Principal: "*"
          Action: s3:*
          Resource: "*"
          Condition: { Bool: { "aws:SecureTransport": "false" } }
    attach: [Workloads]
  - name: Tags
    type: TAG_POLICY
    content: { tags: { owner: { tag_key: { "@@assign": Owner } } } }
    attach: [Root]
`;

const regions = scp({
  Sid: "DenyRegions",
  Effect: "Deny",
  NotAction: "iam:*",
  Resource: "*",
  Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } },
});

let folder: PolicyFolder;
beforeAll(async () => {
  folder = await policyFolder({ "orgrail.yaml": config, "regions.json": regions });
});
afterAll(() => folder.remove());

const ask = ["can", "role/Admin", "ec2:RunInstances", "--account", "Shop"];

describe("orgrail can, by the configuration", () => {
  test("names the statement that denies, in its file", async () => {
    const said = await folder.run([...ask, "--context", "aws:RequestedRegion=us-west-2"]);
    expect({ code: said.code, err: said.err }).toEqual({ code: 0, err: "" });
    expect(said.out).toMatch(/^denied: statement `DenyRegions` of `Regions`/);
    expect(said.out).toContain("--> regions.json:4:5");
    expect(said.out).toContain("account Shop (222233334444): allows");
    expect(said.out).toContain("Resource control policies: not asked: RCPs do not apply");
  });

  test("says that IAM must allow too, and says no id that is made up", async () => {
    const said = await folder.run([
      ...["can", "role/Admin", "ec2:RunInstances", "--account", "Blog"],
      ...["--context", "aws:RequestedRegion=eu-west-1"],
    ]);
    expect(said.out).toMatch(/^allowed/);
    expect(said.out).toContain("IAM policies in the account must allow it too");
    expect(said.out).toContain("  account Blog: allows");
  });

  test("a key that is not given is unknown, or absent when the user says so", async () => {
    const unknown = await folder.run(ask);
    expect(unknown.out).toMatch(/^unknown/);
    expect(unknown.err).toContain("--context aws:requestedregion=...");
    expect(unknown.err).toContain("--unknown absent");
    // AWS: a negated operator holds where the key is missing.
    const absent = await folder.run([...ask, "--unknown", "absent"]);
    expect(absent.out).toMatch(/^denied/);
  });

  test("resource control policies of the resource's account decide, the caller being anybody", async () => {
    const outsider = "arn:aws:iam::999900001111:role/x";
    const request = ["s3:GetObject", "arn:aws:s3:::b/k", "--context", "aws:SecureTransport=false"];
    const said = await folder.run(["can", outsider, ...request, "--resource-account", "Shop"]);
    expect(said.out).toMatch(/^denied: statement `OnlyTls` of `Tls`/);
    expect(said.out).toContain("--> orgrail.yaml:15:7");
    expect(said.out).toContain("the caller is outside the organization");
    const nobody = await folder.run(["can", outsider, ...request]);
    expect(nobody.code).toBe(64);
    expect(nobody.err).toContain("--resource-account");
  });

  test("identity policies must allow as well", async () => {
    await folder.write({
      "read.json": scp({ Effect: "Allow", Action: "s3:Get*", Resource: "*" }),
    });
    const decide = async (action: string): Promise<string> => {
      const said = await folder.run([
        ...["can", "role/Admin", action, "--account", "Shop", "--identity", "read.json", "--json"],
        ...["--context", "aws:RequestedRegion=eu-west-1", "--context", "aws:SecureTransport=true"],
      ]);
      return JSON.parse(said.out).result.decision;
    };
    expect(await decide("s3:GetObject")).toBe("allowed");
    expect(await decide("s3:PutObject")).toBe("implicitDeny");
  });

  test("--detailed-exitcode is 0 for allowed alone", async () => {
    const code = async (...more: string[]): Promise<number> =>
      (await folder.run([...ask, "--detailed-exitcode", ...more])).code;
    expect(await code("--context", "aws:RequestedRegion=eu-west-1")).toBe(0);
    expect(await code("--context", "aws:RequestedRegion=us-west-2")).toBe(2);
    expect(await code()).toBe(2);
  });

  test.each([
    [["can", "role/Admin", "ec2:RunInstances"], "it is not said where `role/Admin` is"],
    [[...ask.slice(0, 4), "Shp"], "did you mean `Shop`?"],
    [["can", "Admin", "ec2:RunInstances", "--ou", "Root"], "`Admin` is no principal"],
    [["can", "role/A", "RunInstances", "--ou", "Root"], "`RunInstances` is no action"],
    [["can", "role/A", "s3:Get", "--ou", "Workload"], "did you mean `Workloads`?"],
    [[...ask, "--context", "eu-west-1"], "no condition key with a value"],
    [[...ask, "--ou", "Root"], "--account and --ou exclude each other"],
    [[...ask, "--live", "--snapshot", "x"], "--snapshot and --live exclude each other"],
    [
      ["can", "arn:aws:iam::111122223333:role/A", "s3:Get", "--account", "Shop"],
      "is of account 111122223333, --account says 222233334444",
    ],
  ])("wrong usage: %j", async (argv, message) => {
    const said = await folder.run(argv);
    expect({ code: said.code, out: said.out }).toEqual({ code: 64, out: "" });
    expect(said.err).toContain(message);
  });
});

describe("orgrail can, by a snapshot and by AWS", () => {
  const snapshot = snapshotOf({
    units: ["Workloads"],
    accounts: [{ name: "Shop", in: "Workloads" }],
    policies: [
      { name: "NoS3", at: ["Workloads"] },
      { name: "Unread", at: ["Workloads"] },
    ],
  });
  const unread: Snapshot = {
    ...snapshot,
    organization: {
      ...snapshot.organization,
      policies: (snapshot.organization.policies ?? []).map((policy) => {
        const { content: _, ...rest } = policy;
        return policy.name === "Unread" ? rest : policy;
      }),
    },
    gaps: [
      {
        kind: "access-denied",
        operation: "organizations:DescribePolicy",
        subject: `policies/${policyId("Unread")}/content`,
        message: "not authorized",
        missingPermission: "organizations:DescribePolicy",
      },
    ],
  };

  test("a policy that was not read makes everything but a denial unknown", async () => {
    await writeSnapshotFile(join(folder.path, "snapshot.json"), unread);
    const run = (action: string) =>
      folder.run(["can", "role/A", action, "--account", "Shop", "--snapshot", "snapshot.json"]);
    const open = await run("ec2:RunInstances");
    expect(open.code).toBe(3);
    expect(open.out).toMatch(/^unknown: policies that may bind were not read/);
    expect(open.err).toContain("missing permission: organizations:DescribePolicy");
    const denied = await run("s3:GetObject");
    expect(denied.code).toBe(0);
    expect(denied.out).toMatch(/^denied/);
  });

  test("policies that were not listed are unknown, not absent", async () => {
    const unlisted: Snapshot = {
      ...snapshot,
      organization: { ...snapshot.organization, policies: [] },
      gaps: [
        {
          kind: "access-denied",
          operation: "organizations:ListPolicies",
          subject: "policies/SERVICE_CONTROL_POLICY",
          message: "not authorized",
        },
      ],
    };
    await writeSnapshotFile(join(folder.path, "unlisted.json"), unlisted);
    const at = ["--snapshot", "unlisted.json"];
    const can = await folder.run(["can", "role/A", "s3:GetObject", "--account", "Shop", ...at]);
    expect(can.code).toBe(3);
    expect(can.out).toMatch(/^unknown/);
    const effective = await folder.run(["effective", "Shop", ...at]);
    expect(effective.code).toBe(3);
    expect(effective.err).toContain("organizations:ListPolicies");
    expect(effective.out).toContain("what is left of all actions is not known");
    expect(effective.out).not.toContain("nothing is allowed");
  });

  test("the management account is not bound, read or not", async () => {
    const principal = `arn:aws:iam::${managementId}:role/A`;
    const said = await folder.run([
      "can",
      principal,
      "s3:GetObject",
      "--snapshot",
      "snapshot.json",
    ]);
    expect(said.code).toBe(0);
    expect(said.out).toContain("SCPs do not restrict the management account");
  });

  test("the organization's id and paths are known keys", async () => {
    const content = scp({
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } },
    });
    const policies = [{ name: "Org", at: ["Workloads"], content }];
    const accounts = [{ name: "Shop", in: "Workloads" }];
    const known = snapshotOf({ units: ["Workloads"], accounts, policies });
    await writeSnapshotFile(join(folder.path, "known.json"), known);
    const said = await folder.run([
      ...["can", "role/A", "s3:GetObject", "--account", "Shop", "--snapshot", "known.json"],
    ]);
    expect(said.out).toMatch(/^denied/);
  });

  test("--live reads AWS", async () => {
    const sandbox = await openExample("small");
    const { accessKeyId, secretAccessKey } = sandbox.credentials;
    const said = await folder.run(
      [
        "can",
        "role/A",
        "s3:GetObject",
        "--ou",
        "Root",
        "--live",
        "--json",
        "--region",
        "us-east-1",
      ],
      {
        inPlaceOfAws: {
          requestHandler: sandbox.requestHandler(),
          credentials: { accessKeyId, secretAccessKey },
        },
      },
    );
    expect(said.code, said.out).toBe(0);
    const { result } = JSON.parse(said.out);
    expect(result.source).toEqual({ kind: "live", name: "AWS" });
    expect(result.decision).toBe("allowed");
    expect(result.explanation.guards.length).toBeGreaterThan(0);
  });
});

describe("orgrail effective", () => {
  test("shows every level, and what is left of all actions", async () => {
    const said = await folder.run(["effective", "Shop", "--type", "SERVICE_CONTROL_POLICY"]);
    expect(said.code).toBe(0);
    expect(said.out).toContain("account Shop (222233334444)");
    expect(said.out).toContain("denies all but iam:* if StringNotEquals aws:RequestedRegion");
    expect(said.out).toMatch(/depend on the request/);
  });

  test("merges management policies", async () => {
    const said = await folder.run(["effective", "Shop", "--type", "TAG_POLICY", "--json"]);
    const [tag] = JSON.parse(said.out).result.types;
    expect(tag).toMatchObject({ type: "TAG_POLICY", enabled: true, errors: [] });
    expect(tag.effective).toEqual({ tags: { owner: { tag_key: "Owner" } } });
  });

  test("a type that is not enabled binds nothing", async () => {
    const said = await folder.run(["effective", "Shop", "--type", "BACKUP_POLICY"]);
    expect(said.out).toBe("BACKUP_POLICY: not enabled\n");
  });

  test("names the account that was meant", async () => {
    const said = await folder.run(["effective", "Shopp"]);
    expect(said.code).toBe(64);
    expect(said.err).toContain("did you mean `Shop`?");
  });
});
