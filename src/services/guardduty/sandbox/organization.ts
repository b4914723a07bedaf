import type {
  DescribeOrganizationConfigurationCommandInput,
  DescribeOrganizationConfigurationCommandOutput,
  DisableOrganizationAdminAccountCommandInput,
  DisableOrganizationAdminAccountCommandOutput,
  EnableOrganizationAdminAccountCommandInput,
  EnableOrganizationAdminAccountCommandOutput,
  GetOrganizationStatisticsCommandInput,
  GetOrganizationStatisticsCommandOutput,
  ListOrganizationAdminAccountsCommandInput,
  ListOrganizationAdminAccountsCommandOutput,
  OrganizationFeatureConfigurationResult,
  OrganizationFeatureStatistics,
  UpdateOrganizationConfigurationCommandInput,
  UpdateOrganizationConfigurationCommandOutput,
} from "@aws-sdk/client-guardduty";
import { guardDutyFacts } from "../../../data/guardduty-facts.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import {
  activeAccounts,
  administratorProblem,
  administratorsOf,
  organizationWith,
  registerAdministrator,
  trust,
} from "../../kit/sandbox-organization.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { administrationFor, administrationOf, dismiss, propagationMs } from "./administration.ts";
import { ownDetector } from "./detectors.ts";
import { badRequest, invalidValue, messages } from "./errors.ts";
import {
  type AutoEnable,
  defaultAutoEnable,
  readAutoEnable,
  readFeatures,
  writeFeatures,
} from "./features.ts";
import { type Administration, bind } from "./relation.ts";
import type { Served } from "./served.ts";
import {
  administratorsSlot,
  guardDutyPrincipal,
  makeDetector,
  type OrganizationConfiguration,
  regionState,
} from "./state.ts";

const enableOrganizationAdminAccount: Served<
  EnableOrganizationAdminAccountCommandInput,
  EnableOrganizationAdminAccountCommandOutput
> = ({ world, caller, region }, input) => {
  const account = validAccount(input.AdminAccountId);
  const organization = ownOrganization(world, caller.account);
  const isManagement = account === organization.managementAccountId;
  const problem = administratorProblem(organization, account);
  if (problem !== undefined && !isManagement) throw badRequest(messages.outsideOrganization);
  const current = administrationOf(world, organization, region);
  const others = administratorsOf(organization, guardDutyPrincipal).filter((id) => id !== account);
  if ((current !== undefined && current.account !== account) || others.length > 0) {
    throw badRequest(messages.anotherAdministrator);
  }
  // Enabling it twice changes nothing.
  if (current !== undefined) return {};
  if (isManagement) trust(world, organization, guardDutyPrincipal);
  else registerAdministrator(world, organization, guardDutyPrincipal, account);
  const state = regionState(world, account, region);
  if (state.detector === undefined) makeDetector(world, account, region);
  const now = world.clock.now();
  state.organization = {
    autoEnable: "NONE",
    features: defaultAutoEnable,
    since: now,
    seen: world.state(administratorsSlot).changes,
  };
  // Members by invitation that are in the organization become members via the organization.
  for (const member of state.members?.values() ?? []) {
    const isAssociated = member.relationship === "Enabled" || member.relationship === "Disabled";
    if (!isAssociated || !organization.accounts.has(member.account)) continue;
    member.how = "organization";
    bind(regionState(world, member.account, region), account, "organization", now);
  }
  world.state(administratorsSlot).byRegion.set(`${organization.id}/${region}`, account);
  return {};
};

const disableOrganizationAdminAccount: Served<
  DisableOrganizationAdminAccountCommandInput,
  DisableOrganizationAdminAccountCommandOutput
> = ({ world, caller, region }, input) => {
  const account = validAccount(input.AdminAccountId);
  const organization = ownOrganization(world, caller.account);
  const current = administrationOf(world, organization, region);
  if (current?.account !== account) throw badRequest(messages.notEnabledAdministrator);
  dismiss(current);
  return {};
};

const listOrganizationAdminAccounts: Served<
  ListOrganizationAdminAccountsCommandInput,
  ListOrganizationAdminAccountsCommandOutput
> = ({ world, caller, region }) => {
  const organization = ownOrganization(world, caller.account);
  const current = administrationOf(world, organization, region);
  return {
    AdminAccounts:
      current === undefined ? [] : [{ AdminAccountId: current.account, AdminStatus: "ENABLED" }],
  };
};

const describeOrganizationConfiguration: Served<
  DescribeOrganizationConfigurationCommandInput,
  DescribeOrganizationConfigurationCommandOutput
> = (context, input) => {
  const { own, configuration } = ownAdministration(context, input.DetectorId);
  const { autoEnable, features } = configuration;
  const members = [...(own.members?.values() ?? [])];
  const isOn = (key: string): boolean => features[key] !== "NONE";
  return {
    AutoEnable: autoEnable !== "NONE",
    AutoEnableOrganizationMembers: autoEnable,
    MemberAccountLimitReached: members.length >= guardDutyFacts.maxMembers,
    DataSources: {
      S3Logs: { AutoEnable: isOn("S3_DATA_EVENTS") },
      Kubernetes: { AuditLogs: { AutoEnable: isOn("EKS_AUDIT_LOGS") } },
      MalwareProtection: {
        ScanEc2InstanceWithFindings: {
          EbsVolumes: { AutoEnable: isOn("EBS_MALWARE_PROTECTION") },
        },
      },
    },
    Features: writeFeatures(features, true, (Name, AutoEnable) => ({
      Name,
      AutoEnable,
    })) as OrganizationFeatureConfigurationResult[],
  };
};

const updateOrganizationConfiguration: Served<
  UpdateOrganizationConfigurationCommandInput,
  UpdateOrganizationConfigurationCommandOutput
> = (context, input) => {
  const { own, configuration } = ownAdministration(context, input.DetectorId);
  const { AutoEnable: older, AutoEnableOrganizationMembers: newer } = input;
  if ((older === undefined) === (newer === undefined)) throw invalidValue();
  const autoEnable = readAutoEnable(newer ?? (older === true ? "NEW" : "NONE"));
  if (autoEnable === undefined) throw invalidValue();
  const features = readFeatures<AutoEnable>(input.Features, true, readAutoEnable);
  const now = context.world.clock.now();
  own.organization = {
    ...configuration,
    autoEnable,
    features: { ...configuration.features, ...features },
    since: configuration.autoEnable === "NONE" ? now : configuration.since,
    dueAt: Math.min(configuration.dueAt ?? Infinity, now + propagationMs),
  };
  return {};
};

const getOrganizationStatistics: Served<
  GetOrganizationStatisticsCommandInput,
  GetOrganizationStatisticsCommandOutput
> = ({ world, caller, region }) => {
  const admin = administrationFor(world, caller.account, region);
  if (admin?.account !== caller.account) throw badRequest(messages.notAdministrator);
  const own = regionState(world, caller.account, region);
  const members = [...(own.members?.values() ?? [])].filter(({ relationship }) =>
    ["Enabled", "Disabled"].includes(relationship),
  );
  const detectors = [own, ...members.map(({ account }) => regionState(world, account, region))]
    .flatMap(({ detector }) => detector ?? [])
    .filter(({ enabled }) => enabled);
  const active = members.filter(({ relationship }) => relationship === "Enabled").length;
  const count = (key: string): number => detectors.filter(({ features }) => features[key]).length;
  return {
    OrganizationDetails: {
      UpdatedAt: new Date(world.clock.now()),
      OrganizationStatistics: {
        TotalAccountsCount: activeAccounts(admin.organization).length,
        MemberAccountsCount: members.length,
        ActiveAccountsCount: active,
        EnabledAccountsCount: detectors.length,
        CountByFeature: writeFeatures({}, true, (Name, _value, key) => ({
          Name,
          EnabledAccountsCount: count(key),
        })) as OrganizationFeatureStatistics[],
      },
    },
  };
};

/** The organization whose management account calls. */
function ownOrganization(world: HandlerContext["world"], account: string): OrganizationRecord {
  const organization = organizationWith(world, account);
  if (organization?.managementAccountId !== account) throw badRequest(messages.notAdministrator);
  return organization;
}

/** The delegated administration of the caller, by its detector. */
export function ownAdministration(
  context: HandlerContext,
  detectorId: string | undefined,
): {
  readonly admin: Administration;
  readonly own: ReturnType<typeof regionState>;
  readonly configuration: OrganizationConfiguration;
} {
  const { world, caller, region } = context;
  const { state: own } = ownDetector(context, detectorId);
  const admin = administrationFor(world, caller.account, region);
  if (admin?.account !== caller.account || own.organization === undefined) {
    throw badRequest(messages.notAdministrator);
  }
  return { admin, own, configuration: own.organization };
}

function validAccount(id: string | undefined): string {
  if (!/^\d{12}$/.test(id ?? "")) throw invalidValue();
  return id ?? "";
}

/** Operations on an organization's administrator and its configuration. */
export const organizationHandlers: Readonly<Record<string, AnyHandler>> = {
  EnableOrganizationAdminAccount: enableOrganizationAdminAccount,
  DisableOrganizationAdminAccount: disableOrganizationAdminAccount,
  ListOrganizationAdminAccounts: listOrganizationAdminAccounts,
  DescribeOrganizationConfiguration: describeOrganizationConfiguration,
  UpdateOrganizationConfiguration: updateOrganizationConfiguration,
  GetOrganizationStatistics: getOrganizationStatistics,
};
