import {
  DisableEbsEncryptionByDefaultCommand,
  EC2Client,
  EnableEbsEncryptionByDefaultCommand,
  GetEbsEncryptionByDefaultCommand,
} from "@aws-sdk/client-ec2";
import { CreateOrganizationCommand } from "@aws-sdk/client-organizations";
import { EnableSharingWithAwsOrganizationCommand, RAMClient } from "@aws-sdk/client-ram";
import { type Clients, errorName, type Scenario } from "./scenario.ts";

/** Clients of services whose settings few scenarios touch, made as the others are. */
function clientsOf({ organizations }: Clients): { ec2: EC2Client; ram: RAMClient } {
  const { credentials, endpoint, requestHandler } = organizations.config;
  const config = {
    region: "us-east-1",
    maxAttempts: 1,
    credentials,
    requestHandler,
    ...(endpoint === undefined ? {} : { endpoint }),
  };
  return { ec2: new EC2Client(config), ram: new RAMClient(config) };
}

const encryption: Scenario = {
  name: "EBS encryption by default is switched on and off",
  run: async (aws) => {
    const { ec2 } = clientsOf(aws);
    const now = async (): Promise<boolean | undefined> =>
      (await ec2.send(new GetEbsEncryptionByDefaultCommand({}))).EbsEncryptionByDefault;
    const first = await now();
    const on = await ec2.send(new EnableEbsEncryptionByDefaultCommand({}));
    const second = await now();
    const off = await ec2.send(new DisableEbsEncryptionByDefaultCommand({}));
    return [first, on.EbsEncryptionByDefault, second, off.EbsEncryptionByDefault, await now()];
  },
};

const sharing: Scenario = {
  name: "sharing is for organizations only",
  run: async (aws) => {
    const { ram } = clientsOf(aws);
    const enable = (): Promise<{ returnValue?: boolean | undefined }> =>
      ram.send(new EnableSharingWithAwsOrganizationCommand({}));
    const without = await errorName(enable());
    await aws.organizations.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
    return { without, within: (await enable()).returnValue };
  },
};

/** Settings of accounts and organizations. */
export const settingScenarios: readonly Scenario[] = [encryption, sharing];
