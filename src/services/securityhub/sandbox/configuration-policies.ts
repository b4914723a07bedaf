import type {
  CreateConfigurationPolicyCommandInput,
  CreateConfigurationPolicyCommandOutput,
  DeleteConfigurationPolicyCommandInput,
  DeleteConfigurationPolicyCommandOutput,
  GetConfigurationPolicyCommandInput,
  GetConfigurationPolicyCommandOutput,
  ListConfigurationPoliciesCommandInput,
  ListConfigurationPoliciesCommandOutput,
  Policy,
  UpdateConfigurationPolicyCommandInput,
  UpdateConfigurationPolicyCommandOutput,
} from "@aws-sdk/client-securityhub";
import { securityHubFacts } from "../../../data/securityhub.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { uuid } from "./aggregators.ts";
import { accessDenied, conflict, invalidInput, limitExceeded, notFound } from "./errors.ts";
import { administeredOrganization, centralConfiguration } from "./organization.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import {
  type AccountWide,
  accountWide,
  type ConfigurationPolicyRecord,
  type ConfigurationRecord,
} from "./state.ts";

const createConfigurationPolicy: Served<
  CreateConfigurationPolicyCommandInput,
  CreateConfigurationPolicyCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const { wide } = centralCaller(context);
  if (wide.policies.size >= securityHubFacts.maxConfigurationPolicies) {
    throw limitExceeded("The maximum number of configuration policies is reached");
  }
  const name = validName(wide, input.Name, undefined);
  const policy = validPolicy(input.ConfigurationPolicy);
  const id = uuid(context);
  const now = world.clock.now();
  const record: ConfigurationPolicyRecord = {
    id,
    arn: `arn:aws:securityhub:${region}:${caller.account}:configuration-policy/${id}`,
    name,
    description: input.Description ?? "",
    policy,
    createdAt: now,
    updatedAt: now,
    tags: new Map(Object.entries(input.Tags ?? {})),
  };
  wide.policies.set(id, record);
  return shape(record);
};

const getConfigurationPolicy: Served<
  GetConfigurationPolicyCommandInput,
  GetConfigurationPolicyCommandOutput
> = (context, input) => shape(findPolicy(centralCaller(context).wide, input.Identifier));

const updateConfigurationPolicy: Served<
  UpdateConfigurationPolicyCommandInput,
  UpdateConfigurationPolicyCommandOutput
> = (context, input) => {
  const { wide } = centralCaller(context);
  const record = findPolicy(wide, input.Identifier);
  const name = input.Name === undefined ? record.name : validName(wide, input.Name, record.id);
  const policy =
    input.ConfigurationPolicy === undefined
      ? record.policy
      : validPolicy(input.ConfigurationPolicy);
  record.name = name;
  record.policy = policy;
  record.description = input.Description ?? record.description;
  record.updatedAt = context.world.clock.now();
  return shape(record);
};

const deleteConfigurationPolicy: Served<
  DeleteConfigurationPolicyCommandInput,
  DeleteConfigurationPolicyCommandOutput
> = (context, input) => {
  const { wide } = centralCaller(context);
  const record = findPolicy(wide, input.Identifier);
  for (const { policyId } of wide.associations.values()) {
    if (policyId === record.id) {
      throw conflict(
        `Configuration policy ${record.id} is associated with one or more targets. Disassociate it first.`,
      );
    }
  }
  wide.policies.delete(record.id);
  return {};
};

const listConfigurationPolicies: Served<
  ListConfigurationPoliciesCommandInput,
  ListConfigurationPoliciesCommandOutput
> = (context, input) => {
  const { wide } = centralCaller(context);
  const all = [...wide.policies.values()].map((record) => ({
    Arn: record.arn,
    Id: record.id,
    Name: record.name,
    Description: record.description,
    UpdatedAt: new Date(record.updatedAt),
    ServiceEnabled: record.policy.ServiceEnabled ?? false,
  }));
  const { items, next } = page("policies", all, input, securityHubFacts.pageSizes.policies);
  return { ConfigurationPolicySummaries: items, ...next };
};

/**
 * The caller as administrator with central configuration, in its home Region.
 *
 * @throws InvalidAccessException when it is no administrator, AccessDeniedException elsewhere.
 */
export function centralCaller(context: HandlerContext): {
  readonly wide: AccountWide;
  readonly organization: OrganizationRecord;
} {
  const { world, caller, region } = context;
  const organization = administeredOrganization(context);
  const central = centralConfiguration(world, organization, caller.account);
  if (central === undefined) {
    throw accessDenied("Central configuration is not enabled for the organization.");
  }
  if (central.aggregator.home !== region) {
    throw accessDenied(
      `This operation can be called only from the home Region ${central.aggregator.home}.`,
    );
  }
  return { wide: accountWide(world, caller.account), organization };
}

/** A configuration policy by its id or ARN. */
export function findPolicy(
  { policies }: AccountWide,
  identifier: string | undefined,
): ConfigurationPolicyRecord {
  const id = identifier?.slice(identifier.lastIndexOf("/") + 1) ?? "";
  const found = policies.get(id);
  if (found === undefined) throw notFound(`Configuration policy ${identifier} not found`);
  return found;
}

function validName(wide: AccountWide, name: string | undefined, own: string | undefined): string {
  if (name === undefined || !/^[A-Za-z0-9\-.!*/]{1,128}$/.test(name)) {
    throw invalidInput(`Invalid parameter 'Name': ${name}`);
  }
  for (const other of wide.policies.values()) {
    if (other.name === name && other.id !== own) {
      throw conflict(`A configuration policy with the name ${name} already exists`);
    }
  }
  return name;
}

function validPolicy(policy: Policy | undefined): ConfigurationRecord {
  const given = policy?.SecurityHub;
  if (given?.ServiceEnabled === undefined) {
    throw invalidInput("Invalid parameter 'ConfigurationPolicy': ServiceEnabled is required");
  }
  const { EnabledStandardIdentifiers: standards, SecurityControlsConfiguration: controls } = given;
  if (!given.ServiceEnabled) {
    if ((standards?.length ?? 0) > 0 || controls !== undefined) {
      throw invalidInput("Standards and controls cannot be configured while the service is off");
    }
    return { ServiceEnabled: false };
  }
  if (standards === undefined || controls === undefined) {
    throw invalidInput(
      "EnabledStandardIdentifiers and SecurityControlsConfiguration are required when the service is on",
    );
  }
  const { EnabledSecurityControlIdentifiers: on, DisabledSecurityControlIdentifiers: off } =
    controls;
  if ((on === undefined) === (off === undefined)) {
    throw invalidInput(
      "Give either EnabledSecurityControlIdentifiers or DisabledSecurityControlIdentifiers",
    );
  }
  for (const arn of standards) {
    if (!securityHubFacts.standards.some(({ id }) => arn.endsWith(`/${id}`))) {
      throw invalidInput(`Invalid standard: ${arn}`);
    }
  }
  return {
    ServiceEnabled: true,
    EnabledStandardIdentifiers: [...standards],
    SecurityControlsConfiguration: controls,
  };
}

function shape(record: ConfigurationPolicyRecord): {
  Arn: string;
  Id: string;
  Name: string;
  Description: string;
  CreatedAt: Date;
  UpdatedAt: Date;
  ConfigurationPolicy: Policy;
} {
  return {
    Arn: record.arn,
    Id: record.id,
    Name: record.name,
    Description: record.description,
    CreatedAt: new Date(record.createdAt),
    UpdatedAt: new Date(record.updatedAt),
    ConfigurationPolicy: { SecurityHub: { ...record.policy } },
  };
}

/** Operations on configuration policies. */
export const configurationPolicyHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateConfigurationPolicy: createConfigurationPolicy,
  GetConfigurationPolicy: getConfigurationPolicy,
  UpdateConfigurationPolicy: updateConfigurationPolicy,
  DeleteConfigurationPolicy: deleteConfigurationPolicy,
  ListConfigurationPolicies: listConfigurationPolicies,
};
