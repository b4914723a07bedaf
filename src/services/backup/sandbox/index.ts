import type {
  DescribeGlobalSettingsCommandOutput,
  DescribeRegionSettingsCommandOutput,
  UpdateGlobalSettingsCommandInput,
  UpdateGlobalSettingsCommandOutput,
  UpdateRegionSettingsCommandInput,
  UpdateRegionSettingsCommandOutput,
} from "@aws-sdk/client-backup";
import { backupFacts } from "../../../data/backup.ts";
import {
  type Handler,
  type HandlerContext,
  type SandboxService,
  ServiceError,
} from "../../../sandbox/service.ts";
import type { Slot } from "../../../sandbox/world.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { ensureServiceLinkedRole } from "../../kit/sandbox-service-linked-role.ts";
import type { OrganizationRecord } from "../../kit/sandbox-storage.ts";

type Served<Input, Output> = Handler<Input, Omit<Output, "$metadata">>;

/** Settings of an organization, kept by its management account. */
const globalSlot: Slot<{ settings: Record<string, string>; updatedAt?: number }> = {
  name: "backup-global",
  scope: "account",
  init: () => ({
    settings: {
      isCrossAccountBackupEnabled: "false",
      isDelegatedAdministratorEnabled: "false",
      isMpaEnabled: "false",
    },
  }),
};

const regionSlot: Slot<{ optIn: Record<string, boolean>; managed: Record<string, boolean> }> = {
  name: "backup",
  scope: "region",
  init: () => ({
    optIn: { ...backupFacts.optInDefaults },
    managed: Object.fromEntries(
      backupFacts.managedTypes.map((type) => [type, type !== "DynamoDB"]),
    ),
  }),
};

function organizationOf({ world, caller }: HandlerContext): OrganizationRecord {
  const organization = organizationWith(world, caller.account);
  if (organization !== undefined) return organization;
  throw invalidRequest("The AWS account is not a member of an organization.");
}

const describeGlobalSettings: Served<object, DescribeGlobalSettingsCommandOutput> = (context) => {
  const { managementAccountId } = organizationOf(context);
  const { settings, updatedAt } = context.world.state(globalSlot, managementAccountId);
  return {
    GlobalSettings: { ...settings },
    ...(updatedAt === undefined ? {} : { LastUpdateTime: new Date(updatedAt) }),
  };
};

const updateGlobalSettings: Served<
  UpdateGlobalSettingsCommandInput,
  UpdateGlobalSettingsCommandOutput
> = (context, input) => {
  const { world, caller } = context;
  if (organizationOf(context).managementAccountId !== caller.account) {
    throw invalidRequest(
      "Only the management account of the organization can update its settings.",
    );
  }
  const state = world.state(globalSlot, caller.account);
  const given = Object.entries(input.GlobalSettings ?? {});
  for (const [name, value] of given) {
    if (!(name in state.settings)) throw invalidValue(`Unknown global setting: ${name}`);
    if (value !== "true" && value !== "false") {
      throw invalidValue(`The value of ${name} must be true or false.`);
    }
  }
  for (const [name, value] of given) state.settings[name] = value;
  state.updatedAt = world.clock.now();
  if (state.settings.isDelegatedAdministratorEnabled === "true") {
    ensureServiceLinkedRole(world, caller.account, backupFacts.principal);
  }
  return {};
};

const describeRegionSettings: Served<object, DescribeRegionSettingsCommandOutput> = ({
  world,
  caller,
  region,
}) => {
  const { optIn, managed } = world.state(regionSlot, caller.account, region);
  return {
    ResourceTypeOptInPreference: { ...optIn },
    ResourceTypeManagementPreference: { ...managed },
  };
};

const updateRegionSettings: Served<
  UpdateRegionSettingsCommandInput,
  UpdateRegionSettingsCommandOutput
> = ({ world, caller, region }, input) => {
  const state = world.state(regionSlot, caller.account, region);
  const optIn = input.ResourceTypeOptInPreference ?? {};
  const managed = input.ResourceTypeManagementPreference ?? {};
  const unknown = [
    ...Object.keys(optIn).filter((type) => !(type in state.optIn)),
    ...Object.keys(managed).filter((type) => !(type in state.managed)),
  ];
  if (unknown.length > 0) {
    throw invalidValue(`Unsupported resource type: ${unknown.join(", ")}`);
  }
  Object.assign(state.optIn, optIn);
  Object.assign(state.managed, managed);
  return {};
};

function invalidRequest(message: string): ServiceError {
  return new ServiceError("InvalidRequestException", message, { members: { Type: "Client" } });
}

function invalidValue(message: string): ServiceError {
  return new ServiceError("InvalidParameterValueException", message, {
    members: { Type: "Client" },
  });
}

/** The sandbox's AWS Backup: settings of the organization and of Regions. */
export const backupSandbox: SandboxService = {
  id: "backup",
  signingName: "backup",
  protocol: "restJson1",
  sdk: () => import("@aws-sdk/client-backup"),
  handlers: {
    DescribeGlobalSettings: describeGlobalSettings,
    DescribeRegionSettings: describeRegionSettings,
    UpdateGlobalSettings: updateGlobalSettings,
    UpdateRegionSettings: updateRegionSettings,
  },
};
