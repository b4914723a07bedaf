import type { EnableSharingWithAwsOrganizationCommandOutput } from "@aws-sdk/client-ram";
import { ramFacts } from "../../../data/ram.ts";
import {
  type AuthorizationTarget,
  type Handler,
  type HandlerContext,
  type SandboxService,
  ServiceError,
} from "../../../sandbox/service.ts";
import { organizationWith, trust } from "../../kit/sandbox-organization.ts";
import {
  ensureServiceLinkedRole,
  serviceLinkedRoleTargets,
} from "../../kit/sandbox-service-linked-role.ts";

const { principal } = ramFacts;

/**
 * @see https://docs.aws.amazon.com/ram/latest/APIReference/API_EnableSharingWithAwsOrganization.html
 */
const enableSharing: Handler<
  object,
  Omit<EnableSharingWithAwsOrganizationCommandOutput, "$metadata">
> = ({ world, caller }) => {
  const organization = organizationWith(world, caller.account);
  if (organization?.managementAccountId !== caller.account) {
    throw new ServiceError(
      "OperationNotPermittedException",
      organization === undefined
        ? "The AWS account is not a member of an organization."
        : "Only the management account of the organization can perform this operation.",
    );
  }
  if (organization.featureSet !== "ALL") {
    throw new ServiceError(
      "OperationNotPermittedException",
      "The organization must have all features enabled.",
    );
  }
  trust(world, organization, principal);
  ensureServiceLinkedRole(world, caller.account, principal);
  return { returnValue: true };
};

/** The sandbox's AWS Resource Access Manager: the switch for sharing in the organization. */
export const ramSandbox: SandboxService = {
  id: "ram",
  signingName: "ram",
  protocol: "restJson1",
  sdk: () => import("@aws-sdk/client-ram"),
  handlers: { EnableSharingWithAwsOrganization: enableSharing },
  authorization: ({ world, caller }: HandlerContext, operation): readonly AuthorizationTarget[] => [
    { action: `ram:${operation}`, resource: "*" },
    ...serviceLinkedRoleTargets(world, caller.account, principal),
    {
      action: "organizations:EnableAWSServiceAccess",
      resource: "*",
      context: { "organizations:ServicePrincipal": principal },
    },
  ],
};
