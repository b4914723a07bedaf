import {
  ActivateOrganizationsAccessCommand,
  CloudFormationClient,
  CreateStackInstancesCommand,
  CreateStackSetCommand,
  DeleteStackInstancesCommand,
  DeleteStackSetCommand,
  DescribeStackInstanceCommand,
  DescribeStackSetCommand,
  DescribeStackSetOperationCommand,
  DetectStackSetDriftCommand,
  ListStackSetOperationResultsCommand,
  OperationInProgressException,
  paginateListStackInstances,
  type StackInstanceSummary,
  StackSetNotEmptyException,
  UpdateStackSetCommand,
} from "@aws-sdk/client-cloudformation";
import { GetRoleCommand, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CloseAccountCommand,
  CreateOrganizationalUnitCommand,
  ListAWSServiceAccessForOrganizationCommand,
  MoveAccountCommand,
  RegisterDelegatedAdministratorCommand,
} from "@aws-sdk/client-organizations";
import { beforeEach, describe, expect, test } from "vitest";
import {
  assume,
  clientsOf,
  createAccount,
  type Keys,
  type Organized,
  organized,
} from "./sandbox-harness.ts";

const template = `
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Prefix: { Type: String, Default: audit }
Conditions:
  IsHome: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  Role:
    Type: AWS::IAM::Role
    Condition: IsHome
    Properties:
      RoleName: !Sub "\${Prefix}-role"
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - { Effect: Allow, Principal: { Service: config.amazonaws.com }, Action: "sts:AssumeRole" }
      ManagedPolicyArns: [!Sub "arn:\${AWS::Partition}:iam::aws:policy/SecurityAudit"]
  Topic:
    Type: AWS::SNS::Topic
`;

let made: Organized;
let unit: string;
let cloudformation: CloudFormationClient;

const clientFor = (keys: Keys): CloudFormationClient =>
  new CloudFormationClient({
    region: "us-east-1",
    maxAttempts: 1,
    credentials: keys,
    requestHandler: made.sandbox.requestHandler(),
  });

beforeEach(async () => {
  made = await organized();
  cloudformation = clientFor(made.sandbox.credentials);
  const { organizations } = made.clients;
  const { OrganizationalUnit } = await organizations.send(
    new CreateOrganizationalUnitCommand({ ParentId: made.rootId, Name: "Work" }),
  );
  unit = OrganizationalUnit?.Id ?? "";
  await move(made.member, made.rootId, unit);
});

const move = async (AccountId: string, from: string, to: string): Promise<void> => {
  await made.clients.organizations.send(
    new MoveAccountCommand({ AccountId, SourceParentId: from, DestinationParentId: to }),
  );
};

const createSet = async (client: CloudFormationClient = cloudformation): Promise<void> => {
  await client.send(
    new CreateStackSetCommand({
      StackSetName: "baseline",
      TemplateBody: template,
      PermissionModel: "SERVICE_MANAGED",
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
      ...(client === cloudformation ? {} : { CallAs: "DELEGATED_ADMIN" }),
    }),
  );
};

const deploy = (
  Regions: string[] = ["us-east-1", "eu-west-1"],
): Promise<{ OperationId?: string | undefined }> =>
  cloudformation.send(
    new CreateStackInstancesCommand({
      StackSetName: "baseline",
      DeploymentTargets: { OrganizationalUnitIds: [unit] },
      Regions,
    }),
  );

const instances = async (): Promise<StackInstanceSummary[]> => {
  const found: StackInstanceSummary[] = [];
  for await (const page of paginateListStackInstances(
    { client: cloudformation },
    { StackSetName: "baseline" },
  )) {
    found.push(...(page.Summaries ?? []));
  }
  return found;
};

const statusOf = async (OperationId: string | undefined): Promise<string | undefined> =>
  (
    await cloudformation.send(
      new DescribeStackSetOperationCommand({ StackSetName: "baseline", OperationId }),
    )
  ).StackSetOperation?.Status;

const role = async (account: string): Promise<string | undefined> => {
  const { iam } = clientsOf(made.sandbox, { keys: await assume(made.clients, account) });
  const answer = await iam
    .send(new GetRoleCommand({ RoleName: "audit-role" }))
    .catch(() => undefined);
  return answer?.Role?.Arn;
};

test("service-managed stack sets need activated access, which gives trusted access", async () => {
  await expect(createSet()).rejects.toThrow("You must enable organizations access");
  await cloudformation.send(new ActivateOrganizationsAccessCommand({}));
  const { EnabledServicePrincipals } = await made.clients.organizations.send(
    new ListAWSServiceAccessForOrganizationCommand({}),
  );
  expect(EnabledServicePrincipals?.map(({ ServicePrincipal }) => ServicePrincipal)).toContain(
    "member.org.stacksets.cloudformation.amazonaws.com",
  );
  await createSet();
  await expect(createSet()).rejects.toThrow("already exists");
});

test("a delegated administrator sees the organization's stack sets by CallAs only", async () => {
  await cloudformation.send(new ActivateOrganizationsAccessCommand({}));
  const keys = await assume(made.clients, made.member);
  const administrator = clientFor(keys);
  await expect(createSet(administrator)).rejects.toThrow("not a delegated administrator");
  await made.clients.organizations.send(
    new RegisterDelegatedAdministratorCommand({
      AccountId: made.member,
      ServicePrincipal: "member.org.stacksets.cloudformation.amazonaws.com",
    }),
  );
  await createSet(administrator);
  const describeSet = { StackSetName: "baseline" };
  await expect(administrator.send(new DescribeStackSetCommand(describeSet))).rejects.toThrow(
    "not found",
  );
  const { StackSet } = await cloudformation.send(new DescribeStackSetCommand(describeSet));
  expect(StackSet?.StackSetARN).toContain(made.sandbox.managementAccount);
});

describe("with a stack set", () => {
  beforeEach(async () => {
    await cloudformation.send(new ActivateOrganizationsAccessCommand({}));
    await createSet();
  });

  test("operations run one at a time, and really make what the template says", async () => {
    const { OperationId } = await deploy();
    expect(await statusOf(OperationId)).toBe("RUNNING");
    await expect(deploy()).rejects.toThrow(OperationInProgressException);
    expect(await role(made.member)).toBeUndefined();
    made.sandbox.clock.advance(61_000);
    expect(await statusOf(OperationId)).toBe("SUCCEEDED");
    expect(await role(made.member)).toBe(`arn:aws:iam::${made.member}:role/audit-role`);
    const found = await instances();
    expect(
      found.map(({ Account, Region, Status, OrganizationalUnitId }) => ({
        Account,
        Region,
        Status,
        OrganizationalUnitId,
      })),
    ).toEqual(
      ["us-east-1", "eu-west-1"].map((Region) => ({
        Account: made.member,
        Region,
        Status: "CURRENT",
        OrganizationalUnitId: unit,
      })),
    );
  });

  test("the management account never gets a stack", async () => {
    await cloudformation.send(
      new CreateStackInstancesCommand({
        StackSetName: "baseline",
        DeploymentTargets: { OrganizationalUnitIds: [made.rootId] },
        Regions: ["us-east-1"],
      }),
    );
    made.sandbox.clock.advance(600_000);
    expect((await instances()).map(({ Account }) => Account)).toEqual([made.member]);
  });

  test("accounts that come under a target get stacks, those that leave lose them", async () => {
    await deploy();
    made.sandbox.clock.advance(600_000);
    const late = await createAccount(made.sandbox, made.clients, "Late");
    await move(late, made.rootId, unit);
    await instances();
    made.sandbox.clock.advance(60_000);
    expect((await instances()).filter(({ Account }) => Account === late)).toHaveLength(2);
    expect(await role(late)).toBeDefined();
    await move(late, unit, made.rootId);
    await instances();
    made.sandbox.clock.advance(60_000);
    expect((await instances()).filter(({ Account }) => Account === late)).toHaveLength(0);
    expect(await role(late)).toBeUndefined();
  });

  test("a Region that an account has not enabled fails; beyond the tolerance the rest is cancelled", async () => {
    const { OperationId } = await deploy(["eu-south-2", "us-east-1"]);
    made.sandbox.clock.advance(600_000);
    expect(await statusOf(OperationId)).toBe("FAILED");
    const { Summaries } = await cloudformation.send(
      new ListStackSetOperationResultsCommand({ StackSetName: "baseline", OperationId }),
    );
    expect(Summaries?.map(({ Region, Status }) => [Region, Status])).toEqual([
      ["eu-south-2", "FAILED"],
      ["us-east-1", "CANCELLED"],
    ]);
    expect(Summaries?.[0]?.StatusReason).toContain("is not enabled in account");
  });

  test("an update makes all instances outdated until it has reached them", async () => {
    await deploy();
    made.sandbox.clock.advance(600_000);
    const { OperationId } = await cloudformation.send(
      new UpdateStackSetCommand({
        StackSetName: "baseline",
        UsePreviousTemplate: true,
        Capabilities: ["CAPABILITY_NAMED_IAM"],
        Parameters: [{ ParameterKey: "Prefix", ParameterValue: "next" }],
      }),
    );
    expect((await instances()).every(({ Status }) => Status === "OUTDATED")).toBe(true);
    made.sandbox.clock.advance(600_000);
    expect(await statusOf(OperationId)).toBe("SUCCEEDED");
    expect((await instances()).every(({ Status }) => Status === "CURRENT")).toBe(true);
    expect(await role(made.member)).toBeUndefined();
  });

  test("drift is found where somebody changed what a stack made", async () => {
    await deploy();
    made.sandbox.clock.advance(600_000);
    const detect = async (): Promise<string | undefined> => {
      await cloudformation.send(new DetectStackSetDriftCommand({ StackSetName: "baseline" }));
      made.sandbox.clock.advance(600_000);
      const { StackSet } = await cloudformation.send(
        new DescribeStackSetCommand({ StackSetName: "baseline" }),
      );
      return StackSet?.StackSetDriftDetectionDetails?.DriftStatus;
    };
    expect(await detect()).toBe("IN_SYNC");
    const { iam } = clientsOf(made.sandbox, { keys: await assume(made.clients, made.member) });
    await iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: "audit-role",
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" },
        }),
      }),
    );
    expect(await detect()).toBe("DRIFTED");
    const { StackInstance } = await cloudformation.send(
      new DescribeStackInstanceCommand({
        StackSetName: "baseline",
        StackInstanceAccount: made.member,
        StackInstanceRegion: "us-east-1",
      }),
    );
    expect(StackInstance?.DriftStatus).toBe("DRIFTED");
  });

  test("a stack set with instances cannot be deleted; suspended accounts are skipped", async () => {
    await deploy(["us-east-1"]);
    made.sandbox.clock.advance(600_000);
    const gone = new DeleteStackSetCommand({ StackSetName: "baseline" });
    await expect(cloudformation.send(gone)).rejects.toThrow(StackSetNotEmptyException);
    await cloudformation.send(
      new DeleteStackInstancesCommand({
        StackSetName: "baseline",
        DeploymentTargets: { OrganizationalUnitIds: [unit] },
        Regions: ["us-east-1"],
        RetainStacks: true,
      }),
    );
    made.sandbox.clock.advance(600_000);
    expect(await instances()).toEqual([]);
    expect(await role(made.member)).toBeDefined();
    await made.clients.organizations.send(new CloseAccountCommand({ AccountId: made.member }));
    await cloudformation.send(gone);
    await expect(cloudformation.send(gone)).rejects.toThrow("not found");
  });
});
