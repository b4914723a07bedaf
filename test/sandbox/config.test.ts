import {
  ConfigServiceClient,
  DeleteConfigurationRecorderCommand,
  DeleteDeliveryChannelCommand,
  DeleteOrganizationConfigRuleCommand,
  DescribeAggregateComplianceByConfigRulesCommand,
  DescribeConfigRulesCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeOrganizationConfigRuleStatusesCommand,
  DescribeOrganizationConfigRulesCommand,
  GetOrganizationConfigRuleDetailedStatusCommand,
  PutConfigurationAggregatorCommand,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  PutOrganizationConfigRuleCommand,
  PutOrganizationConformancePackCommand,
  StartConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
} from "@aws-sdk/client-config-service";
import { CreateRoleCommand, UpdateAccountPasswordPolicyCommand } from "@aws-sdk/client-iam";
import {
  EnableAWSServiceAccessCommand,
  RegisterDelegatedAdministratorCommand,
} from "@aws-sdk/client-organizations";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { beforeEach, describe, expect, test } from "vitest";
import {
  assume,
  type Clients,
  clientsOf,
  createAccount,
  type Organized,
  organized,
} from "./sandbox-harness.ts";

let made: Organized;
let management: ConfigServiceClient;
let member: ConfigServiceClient;
let memberClients: Clients;

beforeEach(async () => {
  made = await organized();
  management = clientFor(made.sandbox.credentials);
  const keys = await assume(made.clients, made.member);
  member = clientFor(keys);
  memberClients = clientsOf(made.sandbox, { keys });
  await memberClients.s3.send(new CreateBucketCommand({ Bucket: "config-bucket" }));
});

const clientFor = (credentials: {
  accessKeyId: string;
  secretAccessKey: string;
}): ConfigServiceClient =>
  new ConfigServiceClient({
    region: "us-east-1",
    maxAttempts: 1,
    credentials,
    requestHandler: made.sandbox.requestHandler(),
  });

const recorder = (name = "default"): PutConfigurationRecorderCommand =>
  new PutConfigurationRecorderCommand({
    ConfigurationRecorder: {
      name,
      roleARN: `arn:aws:iam::${made.member}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
    },
  });

const record = async (): Promise<void> => {
  await member.send(recorder());
  await member.send(
    new PutDeliveryChannelCommand({
      DeliveryChannel: { name: "default", s3BucketName: "config-bucket" },
    }),
  );
  await member.send(
    new StartConfigurationRecorderCommand({ ConfigurationRecorderName: "default" }),
  );
};

const delegate = async (account: string): Promise<void> => {
  for (const ServicePrincipal of [
    "config.amazonaws.com",
    "config-multiaccountsetup.amazonaws.com",
  ]) {
    await made.clients.organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal }));
    await made.clients.organizations.send(
      new RegisterDelegatedAdministratorCommand({ AccountId: account, ServicePrincipal }),
    );
  }
};

const rule = (name = "passwords"): PutOrganizationConfigRuleCommand =>
  new PutOrganizationConfigRuleCommand({
    OrganizationConfigRuleName: name,
    OrganizationManagedRuleMetadata: { RuleIdentifier: "IAM_PASSWORD_POLICY" },
  });

describe("recorders", () => {
  test("there is one in a Region; its start needs a channel, and the channel a bucket", async () => {
    await expect(
      member.send(
        new PutDeliveryChannelCommand({ DeliveryChannel: { s3BucketName: "config-bucket" } }),
      ),
    ).rejects.toThrow("Configuration recorder is not available");
    await member.send(recorder());
    await expect(member.send(recorder("second"))).rejects.toMatchObject({
      name: "MaxNumberOfConfigurationRecordersExceededException",
    });
    const start = new StartConfigurationRecorderCommand({ ConfigurationRecorderName: "default" });
    await expect(member.send(start)).rejects.toMatchObject({
      name: "NoAvailableDeliveryChannelException",
    });
    await expect(
      member.send(new PutDeliveryChannelCommand({ DeliveryChannel: { s3BucketName: "none" } })),
    ).rejects.toMatchObject({ name: "NoSuchBucketException" });
    await record();
    const status = async (): Promise<string | undefined> =>
      (await member.send(new DescribeConfigurationRecorderStatusCommand({})))
        .ConfigurationRecordersStatus?.[0]?.lastStatus;
    expect(await status()).toBe("Pending");
    made.sandbox.clock.advance(60_000);
    expect(await status()).toBe("Success");
  });

  test("a channel outlives the recorder that uses it", async () => {
    await record();
    const channel = new DeleteDeliveryChannelCommand({ DeliveryChannelName: "default" });
    await expect(member.send(channel)).rejects.toMatchObject({
      name: "LastDeliveryChannelDeleteFailedException",
    });
    const ConfigurationRecorderName = "default";
    await member.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName }));
    await member.send(channel);
    await member.send(new DeleteConfigurationRecorderCommand({ ConfigurationRecorderName }));
    await expect(
      member.send(new DeleteConfigurationRecorderCommand({ ConfigurationRecorderName })),
    ).rejects.toMatchObject({ name: "NoSuchConfigurationRecorderException" });
  });

  test("another account's bucket must let Config in", async () => {
    await made.clients.s3.send(new CreateBucketCommand({ Bucket: "closed-bucket" }));
    await member.send(recorder());
    await expect(
      member.send(
        new PutDeliveryChannelCommand({ DeliveryChannel: { s3BucketName: "closed-bucket" } }),
      ),
    ).rejects.toMatchObject({ name: "InsufficientDeliveryPolicyException" });
  });
});

describe("organization rules", () => {
  const statusOf = async (client = management): Promise<string | undefined> =>
    (await client.send(new DescribeOrganizationConfigRuleStatusesCommand({})))
      .OrganizationConfigRuleStatuses?.[0]?.OrganizationRuleStatus;

  test("members cannot put them; administrators see only their own", async () => {
    await expect(member.send(rule())).rejects.toMatchObject({
      name: "OrganizationAccessDeniedException",
    });
    await delegate(made.member);
    await member.send(rule());
    const { OrganizationConfigRules } = await management.send(
      new DescribeOrganizationConfigRulesCommand({}),
    );
    expect(OrganizationConfigRules).toEqual([]);
  });

  test("reach accounts in time; one without a recorder fails and is named", async () => {
    await record();
    await management.send(rule());
    expect(await statusOf()).toBe("CREATE_IN_PROGRESS");
    await expect(management.send(rule())).rejects.toMatchObject({ name: "ResourceInUseException" });
    made.sandbox.clock.advance(120_000);
    expect(await statusOf()).toBe("CREATE_FAILED");
    const { OrganizationConfigRuleDetailedStatus: details } = await management.send(
      new GetOrganizationConfigRuleDetailedStatusCommand({
        OrganizationConfigRuleName: "passwords",
        Filters: { MemberAccountRuleStatus: "CREATE_FAILED" },
      }),
    );
    expect(details?.map(({ AccountId }) => AccountId)).toEqual([made.sandbox.managementAccount]);
    expect(details?.[0]?.ErrorCode).toBe("NoAvailableConfigurationRecorder");
    const { ConfigRules } = await member.send(new DescribeConfigRulesCommand({}));
    expect(ConfigRules?.[0]?.ConfigRuleName).toMatch(/^OrgConfigRule-passwords-[a-z0-9]{8}$/);
    await management.send(
      new DeleteOrganizationConfigRuleCommand({ OrganizationConfigRuleName: "passwords" }),
    );
    expect(await statusOf()).toBe("DELETE_IN_PROGRESS");
    made.sandbox.clock.advance(120_000);
    expect(await statusOf()).toBeUndefined();
  });

  test("an aggregator tells which accounts keep them", async () => {
    await delegate(made.member);
    await record();
    const RoleArn = `arn:aws:iam::${made.member}:role/aggregate`;
    const put = new PutConfigurationAggregatorCommand({
      ConfigurationAggregatorName: "all",
      OrganizationAggregationSource: { RoleArn, AllAwsRegions: true },
    });
    await expect(member.send(put)).rejects.toMatchObject({ name: "InvalidRoleException" });
    await memberClients.iam.send(
      new CreateRoleCommand({
        RoleName: "aggregate",
        AssumeRolePolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: {
            Effect: "Allow",
            Principal: { Service: "config.amazonaws.com" },
            Action: "sts:AssumeRole",
          },
        }),
      }),
    );
    await member.send(put);
    await member.send(rule());
    made.sandbox.clock.advance(120_000);
    const found = async (): Promise<unknown> =>
      (
        await member.send(
          new DescribeAggregateComplianceByConfigRulesCommand({
            ConfigurationAggregatorName: "all",
          }),
        )
      ).AggregateComplianceByConfigRules?.map(({ AccountId, AwsRegion, Compliance }) => [
        AccountId,
        AwsRegion,
        Compliance?.ComplianceType,
      ]);
    expect(await found()).toEqual([[made.member, "us-east-1", "NON_COMPLIANT"]]);
    await memberClients.iam.send(
      new UpdateAccountPasswordPolicyCommand({
        MinimumPasswordLength: 14,
        RequireSymbols: true,
        RequireNumbers: true,
        RequireUppercaseCharacters: true,
        RequireLowercaseCharacters: true,
        MaxPasswordAge: 90,
        PasswordReusePrevention: 24,
      }),
    );
    // A finding is as old as the rule's last run, which is once a day, or when it is put again.
    made.sandbox.clock.advance(600_000);
    expect(await found()).toEqual([[made.member, "us-east-1", "NON_COMPLIANT"]]);
    await member.send(rule());
    made.sandbox.clock.advance(120_000);
    expect(await found()).toEqual([[made.member, "us-east-1", "COMPLIANT"]]);
  });

  test("a conformance pack's template is checked, and its rules arrive", async () => {
    await record();
    const pack = (TemplateBody: string): PutOrganizationConformancePackCommand =>
      new PutOrganizationConformancePackCommand({
        OrganizationConformancePackName: "baseline",
        TemplateBody,
      });
    await expect(management.send(pack("Resources: {}"))).rejects.toMatchObject({
      name: "OrganizationConformancePackTemplateValidationException",
    });
    await management.send(
      pack(`Resources:
  Trail:
    Type: AWS::Config::ConfigRule
    Properties:
      ConfigRuleName: cloudtrail-security-trail-enabled
      Source: { Owner: AWS, SourceIdentifier: CLOUDTRAIL_SECURITY_TRAIL_ENABLED }
`),
    );
    made.sandbox.clock.advance(120_000);
    const { ConfigRules } = await member.send(new DescribeConfigRulesCommand({}));
    expect(ConfigRules?.[0]?.ConfigRuleName).toMatch(
      /^cloudtrail-security-trail-enabled-conformance-pack-/,
    );
    const late = await createAccount(made.sandbox, made.clients, "Late");
    const client = clientFor(await assume(made.clients, late));
    expect((await client.send(new DescribeConfigRulesCommand({}))).ConfigRules).toEqual([]);
  });
});
