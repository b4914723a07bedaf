import type {
  DescribeHealthServiceStatusForOrganizationCommandOutput,
  DisableHealthServiceAccessForOrganizationCommandOutput,
  EnableHealthServiceAccessForOrganizationCommandOutput,
} from "@aws-sdk/client-health";
import { healthFacts } from "../../../data/health.ts";
import {
  type AuthorizationTarget,
  type Handler,
  type HandlerContext,
  type SandboxService,
  ServiceError,
} from "../../../sandbox/service.ts";
import type { Slot } from "../../../sandbox/world.ts";
import { distrust, isTrusted, organizationWith, trust } from "../../kit/sandbox-organization.ts";
import {
  ensureServiceLinkedRole,
  serviceLinkedRoleTargets,
} from "../../kit/sandbox-service-linked-role.ts";
import type { OrganizationRecord } from "../../kit/sandbox-storage.ts";

type Served<Output> = Handler<object, Omit<Output, "$metadata">>;

const { principal } = healthFacts;
/** How long AWS takes to switch the organizational view on. */
const enablingMs = 60_000;

/** The organizational view of a management account. */
const viewSlot: Slot<{ enabledAt?: number }> = {
  name: "health",
  scope: "account",
  init: () => ({}),
};

function managed({ world, caller }: HandlerContext): OrganizationRecord {
  const organization = organizationWith(world, caller.account);
  if (organization?.managementAccountId === caller.account) return organization;
  throw new ServiceError(
    "AccessDeniedException",
    "You must call this operation from the management account of the organization.",
  );
}

function statusOf(context: HandlerContext): "ENABLED" | "PENDING" | "DISABLED" {
  const organization = managed(context);
  const { world, caller } = context;
  const { enabledAt } = world.state(viewSlot, caller.account);
  if (enabledAt === undefined || !isTrusted(organization, principal)) return "DISABLED";
  return enabledAt <= world.clock.now() ? "ENABLED" : "PENDING";
}

const describe: Served<DescribeHealthServiceStatusForOrganizationCommandOutput> = (context) => ({
  healthServiceAccessStatusForOrganization: statusOf(context),
});

const enable: Served<EnableHealthServiceAccessForOrganizationCommandOutput> = (context) => {
  const { world, caller } = context;
  const status = statusOf(context);
  if (status === "PENDING") {
    throw new ServiceError(
      "ConcurrentModificationException",
      "EnableHealthServiceAccessForOrganization is already in progress. Wait for the action to complete before trying again.",
    );
  }
  if (status === "ENABLED") return {};
  trust(world, managed(context), principal);
  ensureServiceLinkedRole(world, caller.account, principal);
  world.state(viewSlot, caller.account).enabledAt = world.clock.now() + enablingMs;
  return {};
};

const disable: Served<DisableHealthServiceAccessForOrganizationCommandOutput> = (context) => {
  const organization = managed(context);
  delete context.world.state(viewSlot, context.caller.account).enabledAt;
  distrust(organization, principal);
  return {};
};

/** The sandbox's AWS Health: the organizational view. */
export const healthSandbox: SandboxService = {
  id: "health",
  signingName: "health",
  targetPrefix: "AWSHealth_20160804",
  protocol: "awsJson1_1",
  sdk: () => import("@aws-sdk/client-health"),
  handlers: {
    DescribeHealthServiceStatusForOrganization: describe,
    DisableHealthServiceAccessForOrganization: disable,
    EnableHealthServiceAccessForOrganization: enable,
  },
  authorization: ({ world, caller }, operation): readonly AuthorizationTarget[] => {
    const own = { action: `health:${operation}`, resource: "*" };
    if (!operation.startsWith("E") && !operation.startsWith("Dis")) return [own];
    const access = operation.startsWith("E") ? "EnableAWSServiceAccess" : "DisableAWSServiceAccess";
    const context = { "organizations:ServicePrincipal": principal };
    return [
      own,
      { action: `organizations:${access}`, resource: "*", context },
      ...(operation.startsWith("E")
        ? serviceLinkedRoleTargets(world, caller.account, principal)
        : []),
    ];
  },
};
