import type {
  DescribeHubCommandInput,
  DescribeHubCommandOutput,
  DisableSecurityHubCommandInput,
  DisableSecurityHubCommandOutput,
  EnableSecurityHubCommandInput,
  EnableSecurityHubCommandOutput,
  UpdateSecurityHubConfigurationCommandInput,
  UpdateSecurityHubConfigurationCommandOutput,
} from "@aws-sdk/client-securityhub";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { ensureServiceLinkedRole } from "../../kit/sandbox-service-linked-role.ts";
import { centralPolicyFor } from "./configuration.ts";
import { centrallyManaged, conflict, invalidAccess, notFound, notSubscribed } from "./errors.ts";
import { type Hub, hubArn, hubOf, memberRecord, newHub } from "./hub.ts";
import { administratorIn, securityHubPrincipal } from "./organization.ts";
import type { Served } from "./served.ts";
import { accountRegion, administratorRegion } from "./state.ts";

const enableSecurityHub: Served<EnableSecurityHubCommandInput, EnableSecurityHubCommandOutput> = (
  context,
  input,
) => {
  const { world, caller, region } = context;
  refuseCentral(context);
  if (hubOf(world, caller.account, region) !== undefined) {
    throw conflict("Account is already subscribed to Security Hub");
  }
  const hub = newHub(world.clock.now(), input.EnableDefaultStandards !== false);
  hub.controlFindingGenerator = input.ControlFindingGenerator ?? "SECURITY_CONTROL";
  for (const [key, value] of Object.entries(input.Tags ?? {})) hub.tags.set(key, value);
  ensureServiceLinkedRole(world, caller.account, securityHubPrincipal);
  accountRegion(world, caller.account, region).hub = hub;
  return {};
};

const describeHub: Served<DescribeHubCommandInput, DescribeHubCommandOutput> = (context, input) => {
  const { caller, region } = context;
  const { record } = callersHub(context);
  const arn = hubArn(caller.account, region);
  if (input.HubArn !== undefined && input.HubArn !== arn) {
    throw notFound(`Hub ${input.HubArn} not found`);
  }
  return {
    HubArn: arn,
    SubscribedAt: new Date(record.subscribedAt).toISOString(),
    AutoEnableControls: record.autoEnableControls,
    ControlFindingGenerator: record.controlFindingGenerator,
  };
};

const updateSecurityHubConfiguration: Served<
  UpdateSecurityHubConfigurationCommandInput,
  UpdateSecurityHubConfigurationCommandOutput
> = (context, input) => {
  refuseCentral(context);
  const record = keptHub(context);
  record.autoEnableControls = input.AutoEnableControls ?? record.autoEnableControls;
  record.controlFindingGenerator = input.ControlFindingGenerator ?? record.controlFindingGenerator;
  return {};
};

const disableSecurityHub: Served<
  DisableSecurityHubCommandInput,
  DisableSecurityHubCommandOutput
> = (context) => {
  const { world, caller, region } = context;
  refuseCentral(context);
  callersHub(context);
  const organization = organizationWith(world, caller.account);
  if (organization !== undefined) {
    const administrator = administratorIn(world, organization, region);
    if (administrator === caller.account) {
      throw invalidAccess("Cannot disable Security Hub for the Security Hub administrator account");
    }
    // A member that leaves stays known to its administrator, without a hub.
    for (const account of organization.delegatedAdministrators.keys()) {
      if (memberRecord(world, organization, account, caller.account, region) !== undefined) {
        administratorRegion(world, account, region).members.set(caller.account, {
          status: "Created",
          updatedAt: world.clock.now(),
          standards: false,
        });
      }
    }
  }
  const state = accountRegion(world, caller.account, region);
  delete state.hub;
  state.standards.clear();
  state.controls.clear();
  return {};
};

/** The caller's hub. Throws when there is none. */
export function callersHub({ world, caller, region }: HandlerContext): Hub {
  const hub = hubOf(world, caller.account, region);
  if (hub === undefined) throw notSubscribed(caller.account);
  return hub;
}

/** Throws when a configuration policy manages the caller's account. */
export function refuseCentral({ world, caller, region }: HandlerContext): void {
  const organization = organizationWith(world, caller.account);
  if (organization === undefined) return;
  if (centralPolicyFor(world, organization, caller.account, region) !== undefined) {
    throw centrallyManaged();
  }
}

/** The caller's hub as a record of its own, which one that came by membership becomes now. */
function keptHub(context: HandlerContext): Hub["record"] {
  const { world, caller, region } = context;
  const { record } = callersHub(context);
  const state = accountRegion(world, caller.account, region);
  state.hub ??= record;
  return state.hub;
}

/** Operations on an account's hub. */
export const hubHandlers: Readonly<Record<string, AnyHandler>> = {
  EnableSecurityHub: enableSecurityHub,
  DescribeHub: describeHub,
  UpdateSecurityHubConfiguration: updateSecurityHubConfiguration,
  DisableSecurityHub: disableSecurityHub,
};
