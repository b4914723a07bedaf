import { GuardDuty } from "@aws-sdk/client-guardduty";
import { Inspector2 } from "@aws-sdk/client-inspector2";
import { SecurityHub } from "@aws-sdk/client-securityhub";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { type Clients, configOf, errorName, type Keys, need, type Scenario } from "./scenario.ts";
import { createAccount, createOrganization } from "./tree.ts";

/** The clients of a member account's administrator role. */
export async function inside(aws: Clients, account: string): Promise<Clients> {
  const { Credentials } = await aws.sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`,
      RoleSessionName: "scenario",
    }),
  );
  const keys: Keys = {
    accessKeyId: need(Credentials?.AccessKeyId),
    secretAccessKey: need(Credentials?.SecretAccessKey),
    sessionToken: need(Credentials?.SessionToken),
  };
  return aws.as(keys);
}

const detectors: Scenario = {
  name: "a detector with features: create, update, list, filter, delete",
  run: async (aws) => {
    const guardduty = new GuardDuty(configOf(aws));
    const features = (Status: "ENABLED" | "DISABLED") => [
      { Name: "S3_DATA_EVENTS" as const, Status },
      { Name: "RDS_LOGIN_EVENTS" as const, Status },
    ];
    const named = ({ Features = [] }: { Features?: { Name?: string; Status?: string }[] }) =>
      Features.filter(({ Name = "" }) => /^(S3_DATA|RDS_LOGIN)_EVENTS$/.test(Name))
        .map(({ Name, Status }) => `${Name} ${Status}`)
        .sort();
    const made = await guardduty.createDetector({
      Enable: true,
      FindingPublishingFrequency: "ONE_HOUR",
      Features: features("ENABLED"),
      Tags: { team: "a" },
    });
    const DetectorId = need(made.DetectorId);
    const first = await guardduty.getDetector({ DetectorId });
    const { DetectorIds } = await guardduty.listDetectors({});
    await guardduty.updateDetector({
      DetectorId,
      Enable: false,
      FindingPublishingFrequency: "FIFTEEN_MINUTES",
      Features: features("DISABLED"),
    });
    const second = await guardduty.getDetector({ DetectorId });
    const one = { DetectorId, FilterName: "quiet" };
    const FindingCriteria = { Criterion: { severity: { Gte: 4 } } };
    await guardduty.createFilter({ DetectorId, Name: "quiet", Action: "NOOP", FindingCriteria });
    await guardduty.updateFilter({ ...one, Action: "ARCHIVE", Description: "noise" });
    const filter = await guardduty.getFilter(one);
    await guardduty.deleteFilter(one);
    const noFilter = await errorName(guardduty.getFilter(one));
    await guardduty.deleteDetector({ DetectorId });
    return {
      isListed: DetectorIds?.includes(DetectorId),
      states: [first, second].map((seen) => [
        seen.Status,
        seen.FindingPublishingFrequency,
        named(seen as never),
        seen.Tags,
      ]),
      filter: [filter.Name, filter.Action, filter.Description, filter.Rank],
      criteria: filter.FindingCriteria?.Criterion?.severity?.Gte,
      noFilter,
      gone: await errorName(guardduty.getDetector({ DetectorId })),
      left: (await guardduty.listDetectors({})).DetectorIds,
    };
  },
};

const guardDutyAdministrator: Scenario = {
  name: "GuardDuty's delegated administrator, one Region at a time",
  run: async (aws) => {
    await createOrganization(aws);
    const audit = await createAccount(aws, "audit", "audit@example.com");
    const seen: unknown[] = [];
    for (const region of ["us-east-1", "eu-west-1"]) {
      const guardduty = new GuardDuty(configOf(aws, region));
      const before = await guardduty.listOrganizationAdminAccounts({});
      await guardduty.enableOrganizationAdminAccount({ AdminAccountId: audit });
      const after = await guardduty.listOrganizationAdminAccounts({});
      seen.push(
        before.AdminAccounts,
        after.AdminAccounts?.map(({ AdminAccountId, AdminStatus }) => [
          AdminAccountId === audit,
          AdminStatus,
        ]),
      );
    }
    return seen;
  },
};

const hub: Scenario = {
  name: "Security Hub in one account: enable, describe, disable",
  run: async (aws) => {
    const securityhub = new SecurityHub(configOf(aws));
    const before = [
      await errorName(securityhub.describeHub({})),
      await errorName(securityhub.disableSecurityHub({})),
    ];
    await securityhub.enableSecurityHub({ EnableDefaultStandards: false, Tags: { team: "a" } });
    const {
      HubArn = "",
      AutoEnableControls,
      ControlFindingGenerator,
    } = await securityhub.describeHub({});
    await securityhub.disableSecurityHub({});
    return {
      before,
      hub: [HubArn.replace(/\d{12}/, "ACCOUNT"), AutoEnableControls, ControlFindingGenerator],
      after: await errorName(securityhub.describeHub({})),
    };
  },
};

const hubOrganization: Scenario = {
  name: "Security Hub's organization is configured by its administrator alone",
  run: async (aws) => {
    const management = new SecurityHub(configOf(aws));
    await createOrganization(aws);
    const audit = await createAccount(aws, "audit", "audit@example.com");
    const app = await createAccount(aws, "app", "app@example.com");
    const own = new SecurityHub(configOf(await inside(aws, audit)));
    const other = new SecurityHub(configOf(await inside(aws, app)));
    const foreign = await errorName(
      other.enableOrganizationAdminAccount({ AdminAccountId: audit }),
    );
    await management.enableSecurityHub({ EnableDefaultStandards: false });
    await management.enableOrganizationAdminAccount({ AdminAccountId: audit });
    // The administrator's own hub comes with it at AWS; here it is switched on where it does not.
    await own.enableSecurityHub({ EnableDefaultStandards: false }).catch(() => {});
    await own.updateOrganizationConfiguration({ AutoEnable: true, AutoEnableStandards: "NONE" });
    const read = await own.describeOrganizationConfiguration({});
    await own.updateOrganizationConfiguration({
      AutoEnable: false,
      AutoEnableStandards: "DEFAULT",
    });
    const again = await own.describeOrganizationConfiguration({});
    return {
      foreign,
      states: [read, again].map(
        ({ AutoEnable, AutoEnableStandards, MemberAccountLimitReached }) => [
          AutoEnable,
          AutoEnableStandards,
          MemberAccountLimitReached,
        ],
      ),
      // With another error than at AWS, which says `InvalidAccessException`, moto refuses it too.
      areOthersRefused: (await errorName(other.describeOrganizationConfiguration({}))) !== "none",
    };
  },
};

const inspector: Scenario = {
  name: "Inspector: delegated administrator, organization configuration, own scans",
  run: async (aws) => {
    const management = new Inspector2(configOf(aws));
    await createOrganization(aws);
    const audit = await createAccount(aws, "audit", "audit@example.com");
    await management.enableDelegatedAdminAccount({ delegatedAdminAccountId: audit });
    await aws.settle(600_000);
    const { delegatedAdminAccounts } = await management.listDelegatedAdminAccounts({});
    const own = new Inspector2(configOf(await inside(aws, audit)));
    const resourceTypes = ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE"] as const;
    await own.enable({ accountIds: [audit], resourceTypes: [...resourceTypes] });
    await aws.settle(600_000);
    const status = async (): Promise<unknown> => {
      const { accounts } = await own.batchGetAccountStatus({ accountIds: [audit] });
      return accounts?.map(({ state, resourceState }) => [
        state?.status,
        resourceState?.ec2?.status,
        resourceState?.ecr?.status,
        resourceState?.lambda?.status,
        resourceState?.lambdaCode?.status,
      ]);
    };
    const on = await status();
    await own.updateOrganizationConfiguration({
      autoEnable: { ec2: true, ecr: true, lambda: true, lambdaCode: false },
    });
    const { autoEnable } = await own.describeOrganizationConfiguration({});
    await own.disable({ accountIds: [audit], resourceTypes: ["LAMBDA_CODE", "ECR"] });
    await aws.settle(600_000);
    return {
      administrators: delegatedAdminAccounts?.map(({ accountId, status: state }) => [
        accountId === audit,
        state,
      ]),
      on,
      autoEnable: [autoEnable?.ec2, autoEnable?.ecr, autoEnable?.lambda, autoEnable?.lambdaCode],
      partly: await status(),
    };
  },
};

/** GuardDuty, Security Hub and Inspector, as far as moto has them. */
export const detectionScenarios: readonly Scenario[] = [
  detectors,
  guardDutyAdministrator,
  hub,
  hubOrganization,
  inspector,
];
