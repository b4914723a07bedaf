import type {
  DisableOrganizationsRootCredentialsManagementCommandInput,
  DisableOrganizationsRootCredentialsManagementCommandOutput,
  DisableOrganizationsRootSessionsCommandInput,
  DisableOrganizationsRootSessionsCommandOutput,
  EnableOrganizationsRootCredentialsManagementCommandInput,
  EnableOrganizationsRootCredentialsManagementCommandOutput,
  EnableOrganizationsRootSessionsCommandInput,
  EnableOrganizationsRootSessionsCommandOutput,
  FeatureType,
  ListOrganizationsFeaturesCommandInput,
  ListOrganizationsFeaturesCommandOutput,
} from "@aws-sdk/client-iam";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { ServiceError } from "../../../sandbox/service.ts";
import { contextViews } from "../../../sandbox/views.ts";
import type { World } from "../../../sandbox/world.ts";
import type { Served } from "./served.ts";
import { iamState } from "./state.ts";

/** The principal that must have trusted access for centralized root access. */
const iamPrincipal = "iam.amazonaws.com";

/** What all of these operations answer. */
interface Features {
  OrganizationId: string;
  EnabledFeatures: FeatureType[];
}

/** Whether a management account has enabled root sessions. */
export function hasRootSessions(world: World, managementAccount: string): boolean {
  return iamState(world, managementAccount).organizationFeatures.has("RootSessions");
}

const enableRootSessions: Served<
  EnableOrganizationsRootSessionsCommandInput,
  EnableOrganizationsRootSessionsCommandOutput
> = (context) => change(context, (features) => features.add("RootSessions"));

const disableRootSessions: Served<
  DisableOrganizationsRootSessionsCommandInput,
  DisableOrganizationsRootSessionsCommandOutput
> = (context) => change(context, (features) => features.delete("RootSessions"));

const enableRootCredentialsManagement: Served<
  EnableOrganizationsRootCredentialsManagementCommandInput,
  EnableOrganizationsRootCredentialsManagementCommandOutput
> = (context) => {
  const state = iamState(context.world, context.caller.account);
  const wasOn = state.organizationFeatures.has("RootCredentialsManagement");
  const answer = change(context, (features) => features.add("RootCredentialsManagement"));
  if (!wasOn) state.rootManagementSince = context.world.clock.now();
  return answer;
};

const disableRootCredentialsManagement: Served<
  DisableOrganizationsRootCredentialsManagementCommandInput,
  DisableOrganizationsRootCredentialsManagementCommandOutput
> = (context) => change(context, (features) => features.delete("RootCredentialsManagement"));

const listOrganizationsFeatures: Served<
  ListOrganizationsFeaturesCommandInput,
  ListOrganizationsFeaturesCommandOutput
> = (context) => {
  const { organizationId, features } = openFeatures(context, true);
  return answer(organizationId, features);
};

function change(context: HandlerContext, make: (features: Set<FeatureType>) => void): Features {
  const { organizationId, features } = openFeatures(context, false);
  make(features);
  return answer(organizationId, features);
}

function answer(organizationId: string, features: ReadonlySet<FeatureType>): Features {
  return { OrganizationId: organizationId, EnabledFeatures: [...features].sort() };
}

/**
 * The features of the caller's organization. Only the management account may change them; a
 * delegated administrator of IAM may read them.
 */
function openFeatures(
  context: HandlerContext,
  reading: boolean,
): { organizationId: string; features: Set<FeatureType> } {
  const { world, caller } = context;
  const organization = contextViews(context).organizationOf(caller.account);
  if (organization === undefined) {
    throw new ServiceError(
      "OrganizationNotFoundException",
      "The request failed because your account is not associated with an organization.",
    );
  }
  const { managementAccount } = organization;
  if (caller.account !== managementAccount) {
    const delegated =
      organization.isDelegatedAdministrator?.(iamPrincipal, caller.account) === true;
    if (!reading || !delegated) {
      throw reading
        ? new ServiceError(
            "AccountNotManagementOrDelegatedAdministratorException",
            "The request failed because the account making the request is not the management account or delegated administrator account for centralized root access.",
          )
        : new ServiceError(
            "CallerIsNotManagementAccountException",
            "The request failed because the account making the request is not the management account for the organization.",
          );
    }
  }
  if (organization.featureSet === "CONSOLIDATED_BILLING") {
    throw new ServiceError(
      "OrganizationNotInAllFeaturesModeException",
      "The request failed because your organization does not have All features enabled.",
    );
  }
  if (organization.isTrusted?.(iamPrincipal) !== true) {
    throw new ServiceError(
      "ServiceAccessNotEnabledException",
      "The request failed because trusted access is not enabled for IAM in AWS Organizations.",
    );
  }
  return {
    organizationId: organization.organizationId,
    features: iamState(world, managementAccount).organizationFeatures,
  };
}

/** Operations on centralized root access. */
export const organizationRootHandlers: Readonly<Record<string, AnyHandler>> = {
  EnableOrganizationsRootSessions: enableRootSessions,
  DisableOrganizationsRootSessions: disableRootSessions,
  EnableOrganizationsRootCredentialsManagement: enableRootCredentialsManagement,
  DisableOrganizationsRootCredentialsManagement: disableRootCredentialsManagement,
  ListOrganizationsFeatures: listOrganizationsFeatures,
};
