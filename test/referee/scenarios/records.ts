import { ConfigService } from "@aws-sdk/client-config-service";
import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { S3Control } from "@aws-sdk/client-s3-control";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { type Clients, configOf, errorName, need, type Scenario } from "./scenario.ts";
import { createOrganization } from "./tree.ts";

const Bucket = "acme-config";

/** A role that Config can take. */
async function roleFor({ iam }: Clients): Promise<string> {
  const statement = {
    Effect: "Allow",
    Principal: { Service: "config.amazonaws.com" },
    Action: "sts:AssumeRole",
  };
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: "config",
      AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
    }),
  );
  return need(Role?.Arn);
}

const recorder: Scenario = {
  name: "a configuration recorder and its delivery channel, in their order",
  run: async (aws) => {
    const config = new ConfigService(configOf(aws));
    const roleARN = await roleFor(aws);
    await aws.s3.send(new CreateBucketCommand({ Bucket }));
    const recordingGroup = { allSupported: true, includeGlobalResourceTypes: true };
    const record = (name: string): Promise<unknown> =>
      config.putConfigurationRecorder({ ConfigurationRecorder: { name, roleARN, recordingGroup } });
    const deliver = (): Promise<unknown> =>
      config.putDeliveryChannel({
        DeliveryChannel: {
          name: "main",
          s3BucketName: Bucket,
          s3KeyPrefix: "config",
          configSnapshotDeliveryProperties: { deliveryFrequency: "One_Hour" },
        },
      });
    const start = (name: string): Promise<unknown> =>
      config.startConfigurationRecorder({ ConfigurationRecorderName: name });
    const refused = [await errorName(deliver())];
    await record("main");
    refused.push(await errorName(record("second")), await errorName(start("main")));
    await deliver();
    refused.push(await errorName(start("other")));
    await start("main");
    const isRecording = async (): Promise<unknown> =>
      (await config.describeConfigurationRecorderStatus({})).ConfigurationRecordersStatus?.map(
        ({ name, recording }) => [name, recording],
      );
    const during = await isRecording();
    const channel = { DeliveryChannelName: "main" };
    refused.push(await errorName(config.deleteDeliveryChannel(channel)));
    const { ConfigurationRecorders } = await config.describeConfigurationRecorders({});
    const { DeliveryChannels } = await config.describeDeliveryChannels({});
    await config.stopConfigurationRecorder({ ConfigurationRecorderName: "main" });
    const after = await isRecording();
    await config.deleteDeliveryChannel(channel);
    await config.deleteConfigurationRecorder({ ConfigurationRecorderName: "main" });
    const none = { ConfigurationRecorderNames: ["main"] };
    refused.push(await errorName(config.describeConfigurationRecorders(none)));
    refused.push(await errorName(config.deleteDeliveryChannel(channel)));
    return {
      refused,
      during,
      after,
      recorders: ConfigurationRecorders?.map(({ name, roleARN: role, recordingGroup: group }) => [
        name,
        role === roleARN,
        group?.allSupported,
        group?.includeGlobalResourceTypes,
      ]),
      channels: DeliveryChannels,
    };
  },
};

const retention: Scenario = {
  name: "how long configuration items are kept",
  run: async (aws) => {
    const config = new ConfigService(configOf(aws));
    const put = (RetentionPeriodInDays: number): Promise<unknown> =>
      config.putRetentionConfiguration({ RetentionPeriodInDays });
    await put(400);
    await put(365);
    const { RetentionConfigurations } = await config.describeRetentionConfigurations({});
    const named = { RetentionConfigurationName: "default" };
    await config.deleteRetentionConfiguration(named);
    return {
      RetentionConfigurations,
      gone: await errorName(config.deleteRetentionConfiguration(named)),
      left: (await config.describeRetentionConfigurations({})).RetentionConfigurations,
    };
  },
};

const aggregator: Scenario = {
  name: "an aggregator of the organization",
  run: async (aws) => {
    await createOrganization(aws);
    const config = new ConfigService(configOf(aws));
    const RoleArn = await roleFor(aws);
    const named = { ConfigurationAggregatorName: "all" };
    const neither = await errorName(config.putConfigurationAggregator(named));
    const put = (source: { AllAwsRegions?: boolean; AwsRegions?: string[] }): Promise<unknown> =>
      config.putConfigurationAggregator({
        ...named,
        OrganizationAggregationSource: { RoleArn, ...source },
      });
    await put({ AwsRegions: ["us-east-1", "eu-west-1"] });
    await put({ AllAwsRegions: true });
    const { ConfigurationAggregators } = await config.describeConfigurationAggregators({});
    await config.deleteConfigurationAggregator(named);
    return {
      neither,
      aggregators: ConfigurationAggregators?.map((one) => [
        one.ConfigurationAggregatorName,
        one.OrganizationAggregationSource?.RoleArn === RoleArn,
        one.OrganizationAggregationSource?.AllAwsRegions,
        one.OrganizationAggregationSource?.AwsRegions ?? [],
      ]),
      gone: await errorName(config.deleteConfigurationAggregator(named)),
      left: (await config.describeConfigurationAggregators({})).ConfigurationAggregators,
    };
  },
};

const publicAccess: Scenario = {
  name: "the public access block of an account",
  run: async (aws) => {
    const { Account } = await aws.sts.send(new GetCallerIdentityCommand({}));
    const AccountId = need(Account);
    const control = s3Control(aws);
    const none = await errorName(control.getPublicAccessBlock({ AccountId }));
    const block = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: false,
    };
    await control.putPublicAccessBlock({ AccountId, PublicAccessBlockConfiguration: block });
    const read = await control.getPublicAccessBlock({ AccountId });
    await control.deletePublicAccessBlock({ AccountId });
    return {
      none,
      read: read.PublicAccessBlockConfiguration,
      after: await errorName(control.getPublicAccessBlock({ AccountId })),
    };
  },
};

const storageLens: Scenario = {
  name: "a Storage Lens configuration: put, read, list, delete",
  run: async (aws) => {
    const { Account } = await aws.sts.send(new GetCallerIdentityCommand({}));
    const AccountId = need(Account);
    const control = s3Control(aws);
    const lens = { AccountId, ConfigId: "all-buckets" };
    const none = await errorName(control.getStorageLensConfiguration(lens));
    const AccountLevel = {
      ActivityMetrics: { IsEnabled: true },
      BucketLevel: { ActivityMetrics: { IsEnabled: false } },
    };
    await control.putStorageLensConfiguration({
      ...lens,
      StorageLensConfiguration: { Id: "all-buckets", IsEnabled: true, AccountLevel },
    });
    const { StorageLensConfiguration: read } = await control.getStorageLensConfiguration(lens);
    const listed = async (): Promise<unknown> => {
      const { StorageLensConfigurationList } = await control.listStorageLensConfigurations({
        AccountId,
      });
      // AWS makes one of its own in every account, and moto does not.
      return StorageLensConfigurationList?.filter(({ Id }) => Id === "all-buckets").map(
        ({ Id, IsEnabled }) => [Id, IsEnabled],
      );
    };
    const during = await listed();
    await control.deleteStorageLensConfiguration(lens);
    return {
      none,
      read: [read?.Id, read?.IsEnabled, read?.AccountLevel?.ActivityMetrics?.IsEnabled],
      during,
      gone: await errorName(control.getStorageLensConfiguration(lens)),
    };
  },
};

/** S3 Control puts the account before the host's name, which no address on this machine can bear. */
function s3Control(aws: Clients): S3Control {
  const { endpoint, ...config } = configOf(aws);
  if (endpoint === undefined) return new S3Control(config);
  const { port } = new URL(endpoint);
  const client = new S3Control({ ...config, endpoint: `http://localhost:${port}` });
  client.middlewareStack.add(
    (next) => async (args) => {
      (args.request as { hostname: string }).hostname = "127.0.0.1";
      return next(args);
    },
    { step: "build", priority: "low" },
  );
  return client;
}

/** AWS Config and the account's side of S3, as far as moto has them. */
export const recordScenarios: readonly Scenario[] = [
  recorder,
  retention,
  aggregator,
  publicAccess,
  storageLens,
];
