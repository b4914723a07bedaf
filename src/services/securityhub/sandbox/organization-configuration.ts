import type {
  DescribeOrganizationConfigurationCommandInput,
  DescribeOrganizationConfigurationCommandOutput,
  UpdateOrganizationConfigurationCommandInput,
  UpdateOrganizationConfigurationCommandOutput,
} from "@aws-sdk/client-securityhub";
import { securityHubFacts } from "../../../data/securityhub.ts";
import type { AnyHandler } from "../../../sandbox/service.ts";
import { endAutoEnable, isAutoEnabling, registeredAt } from "../../kit/sandbox-designation.ts";
import { endCentralConfiguration } from "./configuration.ts";
import { conflict, invalidAccess, invalidInput, notFound } from "./errors.ts";
import { callersHub } from "./hub-operations.ts";
import {
  administeredOrganization,
  covers,
  securityHubPrincipal,
  spreadAdministrator,
} from "./organization.ts";
import type { Served } from "./served.ts";
import { accountWide, administratorRegion, centralMs } from "./state.ts";

const describeOrganizationConfiguration: Served<
  DescribeOrganizationConfigurationCommandInput,
  DescribeOrganizationConfigurationCommandOutput
> = (context) => {
  const { world, caller, region } = context;
  const organization = administeredOrganization(context);
  const { periods, autoEnableStandards, members } = administratorRegion(
    world,
    caller.account,
    region,
  );
  const { central, aggregator } = accountWide(world, caller.account);
  const isCentral = central !== undefined && aggregator !== undefined && covers(aggregator, region);
  const isPending = isCentral && central.since + centralMs > world.clock.now();
  const size = Math.max(members.size, isCentral ? organization.accounts.size : 0);
  return {
    AutoEnable: !isCentral && isAutoEnabling(periods),
    AutoEnableStandards: isCentral ? "NONE" : autoEnableStandards,
    MemberAccountLimitReached: size >= securityHubFacts.maxMembers,
    OrganizationConfiguration: {
      ConfigurationType: isCentral ? "CENTRAL" : "LOCAL",
      Status: isPending ? "PENDING" : "ENABLED",
    },
  };
};

const updateOrganizationConfiguration: Served<
  UpdateOrganizationConfigurationCommandInput,
  UpdateOrganizationConfigurationCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const organization = administeredOrganization(context);
  callersHub(context);
  const wide = accountWide(world, caller.account);
  const { aggregator, central } = wide;
  const now = world.clock.now();
  const isHome = aggregator?.home === region;
  const wanted =
    input.OrganizationConfiguration?.ConfigurationType ??
    (central === undefined ? "LOCAL" : "CENTRAL");
  if (wanted === "CENTRAL") {
    if (input.AutoEnable === true || input.AutoEnableStandards === "DEFAULT") {
      throw invalidInput(
        "Auto Enable and AutoEnableStandards can not be enabled for Central Configuration",
      );
    }
    if (caller.account === organization.managementAccountId) {
      throw invalidAccess(
        "The organization management account cannot use central configuration. Designate a " +
          "member account as the delegated administrator.",
      );
    }
    if (aggregator === undefined) {
      throw notFound("Central configuration needs a finding aggregator with a home Region.");
    }
    if (!isHome) {
      throw invalidAccess(
        `Central configuration can be changed only from the home Region ${aggregator.home}`,
      );
    }
    if (central !== undefined) {
      if (central.since + centralMs > now) {
        throw conflict("Central configuration is being enabled. Try again later.");
      }
      return {};
    }
    wide.central = {
      since: now,
      registeredAt: registeredAt(organization, securityHubPrincipal, caller.account),
    };
    endAutoEnable(administratorRegion(world, caller.account, region).periods, now);
    spreadAdministrator(world, organization, aggregator);
    return {};
  }
  if (central !== undefined && aggregator !== undefined && covers(aggregator, region)) {
    if (!isHome) {
      throw invalidAccess(
        `Central configuration can be changed only from the home Region ${aggregator.home}`,
      );
    }
    if (central.since + centralMs > now) {
      throw conflict("Central configuration is being enabled. Try again later.");
    }
    endCentralConfiguration(world, organization, caller.account);
  }
  const settings = administratorRegion(world, caller.account, region);
  const standards = input.AutoEnableStandards ?? settings.autoEnableStandards;
  const isOn = isAutoEnabling(settings.periods);
  if (input.AutoEnable === true && (!isOn || standards !== settings.autoEnableStandards)) {
    endAutoEnable(settings.periods, now);
    settings.periods.push({ from: now, standards: standards === "DEFAULT" });
  } else if (input.AutoEnable !== true) endAutoEnable(settings.periods, now);
  settings.autoEnableStandards = standards;
  return {};
};

/** Operations on the organization's configuration. */
export const organizationConfigurationHandlers: Readonly<Record<string, AnyHandler>> = {
  DescribeOrganizationConfiguration: describeOrganizationConfiguration,
  UpdateOrganizationConfiguration: updateOrganizationConfiguration,
};
