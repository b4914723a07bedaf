import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateOrganizationalUnitCommand,
  OrganizationsClient,
} from "@aws-sdk/client-organizations";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { HttpDoor } from "../../src/sandbox/http-door.ts";
import { openSandbox, type Sandbox } from "../../src/services/open-sandbox.ts";
import { type AwsCli, type AwsCliRun, startAwsCli } from "./aws-cli.ts";
import { pythonWith } from "./python.ts";
import { skipReferee } from "./require.ts";

vi.setConfig({ testTimeout: 60_000 });

const python = pythonWith("awscli");

let cli: AwsCli;
let sandbox: Sandbox;
let door: HttpDoor;
let folder: string;

/** Runs the AWS CLI against the sandbox, with the administrator's keys unless others are given. */
function run(
  args: readonly string[],
  keys: Readonly<Record<string, string>> = {},
): Promise<AwsCliRun> {
  return cli.run(args, {
    PATH: process.env.PATH ?? "",
    HOME: folder,
    AWS_CONFIG_FILE: join(folder, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
    AWS_ENDPOINT_URL: door.endpoint,
    AWS_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandbox.credentials.secretAccessKey,
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_MAX_ATTEMPTS: "1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
    ...keys,
  });
}

/** Runs the AWS CLI and reads its JSON answer; fails when it fails. */
async function aws(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await run([...args, "--output", "json"]);
  expect({ code, stderr }, args.join(" ")).toEqual({ code: 0, stderr: "" });
  return stdout.trim() === "" ? {} : (JSON.parse(stdout) as Record<string, unknown>);
}

/** The error that the AWS CLI reports: its code. */
async function awsError(...args: string[]): Promise<string | undefined> {
  const { code, stderr } = await run(args);
  expect(code).not.toBe(0);
  return /An error occurred \((\w+)\)/.exec(stderr)?.[1];
}

describe.skipIf(skipReferee("AWS CLI", python !== undefined))("AWS CLI", () => {
  let root: string;
  let unit: string;
  let account: string;

  beforeAll(async () => {
    if (python === undefined) throw new Error("no Python has the AWS CLI: pip install awscli");
    cli = startAwsCli(python);
    folder = await mkdtemp(join(tmpdir(), "orgrail-aws-cli-"));
    sandbox = openSandbox();
    door = await sandbox.serve();
  });
  afterAll(async () => {
    await cli?.stop();
    await door?.close();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  test("creates an organization, a unit and an account, and describes them", async () => {
    const created = await aws("organizations", "create-organization", "--feature-set", "ALL");
    expect(created).toMatchObject({
      Organization: {
        FeatureSet: "ALL",
        MasterAccountId: sandbox.managementAccount,
        MasterAccountEmail: "management@example.com",
      },
    });
    const roots = await aws("organizations", "list-roots");
    root = (roots as { Roots: { Id: string }[] }).Roots[0]?.Id ?? "";
    expect(root).toMatch(/^r-[0-9a-z]{4,32}$/);
    const made = await aws(
      ...["organizations", "create-organizational-unit"],
      ...["--parent-id", root, "--name", "Prod & <Stage>"],
    );
    const { OrganizationalUnit } = made as { OrganizationalUnit: { Id: string; Name: string } };
    unit = OrganizationalUnit.Id;
    expect(OrganizationalUnit.Name).toBe("Prod & <Stage>");
    const asked = await aws(
      ...["organizations", "create-account", "--account-name", "App"],
      ...["--email", "app@example.com"],
    );
    const { CreateAccountStatus } = asked as { CreateAccountStatus: { Id: string; State: string } };
    expect(CreateAccountStatus.State).toBe("IN_PROGRESS");
    sandbox.clock.advance(60_000);
    const status = await aws(
      ...["organizations", "describe-create-account-status"],
      ...["--create-account-request-id", CreateAccountStatus.Id],
    );
    account = (status as { CreateAccountStatus: { AccountId: string } }).CreateAccountStatus
      .AccountId;
    expect(await aws("organizations", "describe-account", "--account-id", account)).toMatchObject({
      Account: { Id: account, Name: "App", Email: "app@example.com", Status: "ACTIVE" },
    });
  });

  test("moves an account and finds it", async () => {
    await aws(
      ...["organizations", "move-account", "--account-id", account],
      ...["--source-parent-id", root, "--destination-parent-id", unit],
    );
    expect(await aws("organizations", "list-parents", "--child-id", account)).toEqual({
      Parents: [{ Id: unit, Type: "ORGANIZATIONAL_UNIT" }],
    });
    expect(
      await aws("organizations", "list-accounts-for-parent", "--parent-id", unit),
    ).toMatchObject({ Accounts: [{ Id: account }] });
  });

  test("creates, attaches, describes and detaches a policy", async () => {
    await aws(
      ...["organizations", "enable-policy-type", "--root-id", root],
      ...["--policy-type", "SERVICE_CONTROL_POLICY"],
    );
    const content = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Action: "iam:CreateUser", Resource: "*" }],
    });
    const made = await aws(
      ...["organizations", "create-policy", "--name", "NoUsers", "--description", "no users"],
      ...["--type", "SERVICE_CONTROL_POLICY", "--content", content],
    );
    const policy = (made as { Policy: { PolicySummary: { Id: string } } }).Policy.PolicySummary.Id;
    await aws("organizations", "attach-policy", "--policy-id", policy, "--target-id", unit);
    expect(await aws("organizations", "list-targets-for-policy", "--policy-id", policy)).toEqual({
      Targets: [
        expect.objectContaining({
          TargetId: unit,
          Name: "Prod & <Stage>",
          Type: "ORGANIZATIONAL_UNIT",
        }),
      ],
    });
    expect(await aws("organizations", "describe-policy", "--policy-id", policy)).toMatchObject({
      Policy: { Content: content, PolicySummary: { Name: "NoUsers", AwsManaged: false } },
    });
    expect(
      await awsError("organizations", "attach-policy", "--policy-id", policy, "--target-id", unit),
    ).toBe("DuplicatePolicyAttachmentException");
  });

  test("pages through all units", async () => {
    for (let index = 0; index < 23; index += 1) {
      await sandboxUnit(root, `Unit ${index}`);
    }
    const listed = await aws(
      ...["organizations", "list-organizational-units-for-parent"],
      ...["--parent-id", root],
    );
    const { OrganizationalUnits } = listed as { OrganizationalUnits: { Name: string }[] };
    expect(OrganizationalUnits).toHaveLength(24);
    const calls = sandbox.calls.filter(
      ({ operation }) => operation === "ListOrganizationalUnitsForParent",
    );
    expect(calls.length).toBe(2);
  });

  test.each([
    [
      "OrganizationalUnitNotFoundException",
      [
        "organizations",
        "describe-organizational-unit",
        "--organizational-unit-id",
        "ou-abcd-abcdefgh",
      ],
    ],
    ["AlreadyInOrganizationException", ["organizations", "create-organization"]],
    ["NoSuchEntity", ["iam", "get-account-password-policy"]],
    [
      "AccessDenied",
      [
        "sts",
        "assume-role",
        "--role-arn",
        "arn:aws:iam::111122223333:role/None",
        "--role-session-name",
        "cli",
      ],
    ],
    [
      "ResourceNotFoundException",
      ["account", "get-alternate-contact", "--alternate-contact-type", "BILLING"],
    ],
    ["NoSuchBucket", ["s3api", "list-objects-v2", "--bucket", "no-such-bucket"]],
  ])("reports %s", async (code, args) => {
    expect(await awsError(...args)).toBe(code);
  });

  test("knows credentials that are wrong or have expired", async () => {
    const wrong = { AWS_ACCESS_KEY_ID: "AKIAWRONGWRONGWRONGX" };
    const identity = ["sts", "get-caller-identity"];
    expect((await run(identity, wrong)).stderr).toContain("(InvalidClientTokenId)");
    expect((await run(["organizations", "list-roots"], wrong)).stderr).toContain(
      "(UnrecognizedClientException)",
    );
    const keys = await assumed();
    expect((await run(identity, keys)).code).toBe(0);
    sandbox.clock.advance(3600_000);
    expect((await run(identity, keys)).stderr).toContain("(ExpiredToken)");
    expect((await run(["organizations", "list-roots"], keys)).stderr).toContain(
      "(ExpiredTokenException)",
    );
  });

  test("works in a member account within its service control policies", async () => {
    const keys = await assumed();
    expect(JSON.parse((await run(["sts", "get-caller-identity"], keys)).stdout)).toMatchObject({
      Account: account,
      Arn: `arn:aws:sts::${account}:assumed-role/OrganizationAccountAccessRole/cli`,
    });
    const denied = await run(["iam", "create-user", "--user-name", "someone"], keys);
    expect(denied.stderr).toContain("with an explicit deny in a service control policy");
    expect((await run(["iam", "list-users"], keys)).code).toBe(0);
  });

  test("reads everything there is to read of an organization", async () => {
    const organizations = (...args: string[]) => aws("organizations", ...args);
    const scp = ["--filter", "SERVICE_CONTROL_POLICY"];
    const { Policies } = await organizations(
      "list-policies-for-target",
      "--target-id",
      unit,
      ...scp,
    );
    expect(Policies).toContainEqual(expect.objectContaining({ Name: "NoUsers" }));
    const { Organization } = await organizations("describe-organization");
    expect(Organization).toMatchObject({ FeatureSet: "ALL" });
    await organizations(
      ...["enable-aws-service-access", "--service-principal", "config.amazonaws.com"],
    );
    await organizations(
      ...["register-delegated-administrator", "--account-id", account],
      ...["--service-principal", "config.amazonaws.com"],
    );
    await organizations("tag-resource", "--resource-id", unit, "--tags", "Key=team,Value=a b");
    const invited = await organizations(
      ...["invite-account-to-organization", "--target", "Id=guest@example.com,Type=EMAIL"],
    );
    const { Handshake } = invited as { Handshake: { Id: string } };
    const answers = {
      "list-roots": { Roots: [{ Id: root, Name: "Root" }] },
      "list-accounts": {
        Accounts: expect.arrayContaining([expect.objectContaining({ Id: account })]),
      },
      [`list-children --parent-id ${unit} --child-type ACCOUNT`]: {
        Children: [{ Id: account, Type: "ACCOUNT" }],
      },
      [`describe-organizational-unit --organizational-unit-id ${unit}`]: {
        OrganizationalUnit: { Id: unit, Name: "Prod & <Stage>" },
      },
      "list-aws-service-access-for-organization": {
        EnabledServicePrincipals: [{ ServicePrincipal: "config.amazonaws.com" }],
      },
      "list-delegated-administrators": {
        DelegatedAdministrators: [{ Id: account, Status: "ACTIVE" }],
      },
      [`list-delegated-services-for-account --account-id ${account}`]: {
        DelegatedServices: [{ ServicePrincipal: "config.amazonaws.com" }],
      },
      [`list-tags-for-resource --resource-id ${unit}`]: { Tags: [{ Key: "team", Value: "a b" }] },
      "list-create-account-status --states SUCCEEDED": {
        CreateAccountStatuses: [{ AccountId: account, State: "SUCCEEDED" }],
      },
      "list-handshakes-for-organization": { Handshakes: [{ Id: Handshake.Id, State: "OPEN" }] },
      [`cancel-handshake --handshake-id ${Handshake.Id}`]: { Handshake: { State: "CANCELED" } },
      [`describe-handshake --handshake-id ${Handshake.Id}`]: { Handshake: { State: "CANCELED" } },
      "list-handshakes-for-account": { Handshakes: [] },
    };
    for (const [command, answer] of Object.entries(answers)) {
      expect(await organizations(...command.split(" ")), command).toMatchObject(answer);
    }
    await organizations(
      ...["deregister-delegated-administrator", "--account-id", account],
      ...["--service-principal", "config.amazonaws.com"],
    );
    await organizations("untag-resource", "--resource-id", unit, "--tag-keys", "team");
    expect(await organizations("list-tags-for-resource", "--resource-id", unit)).toEqual({
      Tags: [],
    });
    expect(await awsError("organizations", "describe-resource-policy")).toBe(
      "ResourcePolicyNotFoundException",
    );
    expect(
      await awsError("organizations", "describe-effective-policy", "--policy-type", "TAG_POLICY"),
    ).toBe("EffectivePolicyNotFoundException");
  });

  test("refuses a secret that is wrong", async () => {
    const wrong = { AWS_SECRET_ACCESS_KEY: "wrong" };
    expect((await run(["sts", "get-caller-identity"], wrong)).stderr).toContain(
      "(SignatureDoesNotMatch)",
    );
    expect((await run(["organizations", "list-roots"], wrong)).stderr).toContain(
      "(InvalidSignatureException)",
    );
    expect((await run(["s3api", "list-buckets"], wrong)).stderr).toContain(
      "(SignatureDoesNotMatch)",
    );
  });

  test("reads IAM, Account Management and S3", async () => {
    const roles = (await aws("iam", "list-roles")) as {
      Roles: { RoleName: string; AssumeRolePolicyDocument: object }[];
    };
    expect(roles.Roles.map(({ RoleName }) => RoleName)).toContain("AWSServiceRoleForSupport");
    expect(roles.Roles[0]?.AssumeRolePolicyDocument).toMatchObject({ Version: "2012-10-17" });
    await aws(
      ...["account", "put-alternate-contact", "--alternate-contact-type", "SECURITY"],
      ...["--name", "Sam", "--title", "CISO", "--email-address", "sam@example.com"],
      ...["--phone-number", "+1 555 0100"],
    );
    expect(
      await aws("account", "get-alternate-contact", "--alternate-contact-type", "SECURITY"),
    ).toMatchObject({ AlternateContact: { Name: "Sam", EmailAddress: "sam@example.com" } });
    const regions = (await aws("account", "list-regions")) as { Regions: object[] };
    expect(regions.Regions).toContainEqual({
      RegionName: "us-east-1",
      RegionOptStatus: "ENABLED_BY_DEFAULT",
    });
    const file = join(folder, "plan.json");
    await writeFile(file, '{"changes":[]}');
    await run(["s3", "mb", "s3://orgrail-cli"]);
    const copied = await run(["s3", "cp", file, "s3://orgrail-cli/plans/a b.json"]);
    expect(copied).toMatchObject({ code: 0 });
    const back = join(folder, "back.json");
    expect(await run(["s3", "cp", "s3://orgrail-cli/plans/a b.json", back])).toMatchObject({
      code: 0,
    });
    expect(await readFile(back, "utf8")).toBe('{"changes":[]}');
    expect((await run(["s3", "ls", "s3://orgrail-cli/plans/"])).stdout).toContain("a b.json");
  });

  async function sandboxUnit(parent: string, name: string): Promise<void> {
    const client = new OrganizationsClient({
      region: "us-east-1",
      credentials: sandbox.credentials,
      requestHandler: sandbox.requestHandler(),
    });
    await client.send(new CreateOrganizationalUnitCommand({ ParentId: parent, Name: name }));
  }

  async function assumed(): Promise<Record<string, string>> {
    const { Credentials } = (await aws(
      ...["sts", "assume-role", "--role-session-name", "cli", "--role-arn"],
      `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`,
    )) as { Credentials: Record<string, string> };
    return {
      AWS_ACCESS_KEY_ID: Credentials.AccessKeyId ?? "",
      AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey ?? "",
      AWS_SESSION_TOKEN: Credentials.SessionToken ?? "",
    };
  }
});
