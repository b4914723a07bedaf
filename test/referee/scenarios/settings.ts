import {
  DisableEbsEncryptionByDefaultCommand,
  EC2Client,
  EnableEbsEncryptionByDefaultCommand,
  GetEbsEncryptionByDefaultCommand,
} from "@aws-sdk/client-ec2";
import { CreateOrganizationCommand } from "@aws-sdk/client-organizations";
import { EnableSharingWithAwsOrganizationCommand, RAMClient } from "@aws-sdk/client-ram";
import { configOf, errorName, type Scenario } from "./scenario.ts";

const encryption: Scenario = {
  name: "EBS encryption by default is switched on and off",
  run: async (aws) => {
    const ec2 = new EC2Client(configOf(aws));
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
    const ram = new RAMClient(configOf(aws));
    const enable = (): Promise<{ returnValue?: boolean | undefined }> =>
      ram.send(new EnableSharingWithAwsOrganizationCommand({}));
    const without = await errorName(enable());
    await aws.organizations.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
    return { without, within: (await enable()).returnValue };
  },
};

/** Settings of accounts and organizations. */
export const settingScenarios: readonly Scenario[] = [encryption, sharing];
