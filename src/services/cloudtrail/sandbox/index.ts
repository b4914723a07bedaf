import { cloudtrailFacts } from "../../../data/cloudtrail-facts.ts";
import {
  type AuthorizationTarget,
  type HandlerContext,
  type SandboxService,
  ServiceError,
} from "../../../sandbox/service.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { serviceLinkedRoleTargets } from "../../kit/sandbox-service-linked-role.ts";
import { administratorHandlers } from "./administrators.ts";
import { deliverDueEvents } from "./deliver.ts";
import { digestHandlers } from "./digests.ts";
import { eventDataStoreHandlers } from "./event-data-stores.ts";
import { eventHandlers, recordEvent } from "./events.ts";
import { loggingHandlers } from "./logging.ts";
import { selectorHandlers } from "./selectors.ts";
import { tagHandlers } from "./tags.ts";
import { trailHandlers } from "./trails.ts";

/**
 * The sandbox's AWS CloudTrail: trails of accounts and organizations, whose log files hold the
 * writes that the sandbox was asked for.
 */
export const cloudtrailSandbox: SandboxService = {
  id: "cloudtrail",
  signingName: "cloudtrail",
  targetPrefix: "CloudTrail_20131101",
  protocol: "awsJson1_1",
  sdk: () => import("@aws-sdk/client-cloudtrail"),
  handlers: {
    ...trailHandlers,
    ...selectorHandlers,
    ...loggingHandlers,
    ...tagHandlers,
    ...administratorHandlers,
    ...eventHandlers,
    ...eventDataStoreHandlers,
    ...digestHandlers,
  },
  authorization: cloudtrailAuthorization,
  accessDenied: (message) =>
    new ServiceError(
      // What an organization's trail needs of other services is missing under a name of its own.
      / (?:iam:CreateServiceLinkedRole|organizations:\w+) /.test(message)
        ? "InsufficientDependencyServiceAccessPermissionException"
        : "AccessDeniedException",
      message,
    ),
  settle: deliverDueEvents,
  observe: recordEvent,
};

/** CloudTrail's actions and resources of a request. */
function cloudtrailAuthorization(
  { world, caller, region }: HandlerContext,
  operation: string,
  input: unknown,
): readonly AuthorizationTarget[] {
  const given = input as Readonly<Record<string, unknown>>;
  const name = [given.Name, given.TrailName, given.ResourceId, given.EventDataStore].find(
    (value) => typeof value === "string",
  );
  const management = organizationWith(world, caller.account)?.managementAccountId;
  const kind = operation.includes("EventDataStore") ? "eventdatastore" : "trail";
  const resource =
    name === undefined || /^(List|Describe|Lookup)/.test(operation)
      ? "*"
      : name.startsWith("arn:")
        ? name
        : `arn:aws:cloudtrail:${region}:${caller.account}:${kind}/${name}`;
  const target: AuthorizationTarget = {
    action: `cloudtrail:${operation}`,
    resource,
    // A shadow of the organization's trail is the member's to be refused.
    resourceAccount: caller.account,
  };
  if (management === undefined) return [target];
  const isOrganizational =
    given.IsOrganizationTrail === true ||
    given.OrganizationEnabled === true ||
    operation === "RegisterOrganizationDelegatedAdmin";
  if (!isOrganizational) return [target];
  return [
    target,
    { action: "organizations:DescribeOrganization", resource: "*" },
    ...(management === caller.account
      ? serviceLinkedRoleTargets(world, management, cloudtrailFacts.servicePrincipal)
      : []),
  ];
}
