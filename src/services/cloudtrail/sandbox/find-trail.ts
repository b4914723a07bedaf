import { cloudtrailFacts } from "../../../data/cloudtrail-facts.ts";
import { type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { administratorsOf, organizationWith } from "../../kit/sandbox-organization.ts";
import { type TrailRecord, trailsSeen, trailsSlot } from "./state.ts";

/** `TrailNotFoundException`, in CloudTrail's words. */
export function unknownTrail({ caller }: HandlerContext, name: string): ServiceError {
  return new ServiceError(
    "TrailNotFoundException",
    `Unknown trail: ${name} for the user: ${caller.account}`,
  );
}

/** Whether the caller's account may manage the trails of its organization. */
export function isTrailAdministrator({ world, caller }: HandlerContext): boolean {
  const organization = organizationWith(world, caller.account);
  return (
    organization !== undefined &&
    (organization.managementAccountId === caller.account ||
      administratorsOf(organization, cloudtrailFacts.servicePrincipal).includes(caller.account))
  );
}

/**
 * The trail that an input names, as the caller sees it. By name it is one of the Region where it
 * was made and of the account that manages it; shadows answer to their ARN only.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 */
export function findTrail(context: HandlerContext, name: string | undefined): TrailRecord {
  const { world, caller, region } = context;
  const given = name ?? "";
  if (given === "")
    throw new ServiceError("InvalidTrailNameException", "Trail name cannot be blank!");
  const seen = trailsSeen(world, caller.account, region);
  if (given.startsWith("arn:")) {
    if (!/^arn:aws[\w-]*:cloudtrail:[a-z0-9-]+:\d{12}:trail\/[\w.-]+$/.test(given)) {
      throw new ServiceError("CloudTrailARNInvalidException", `Invalid ARN: ${given}`);
    }
    const trail = seen.find(({ arn }) => arn === given);
    if (trail !== undefined) return trail;
    throw unknownTrail(context, given);
  }
  const isManager = isTrailAdministrator(context);
  const trail = seen.find(
    (candidate) =>
      candidate.name === given &&
      candidate.homeRegion === region &&
      (candidate.account === caller.account || isManager),
  );
  if (trail === undefined) throw unknownTrail(context, given);
  return trail;
}

/** A trail that the caller may change, from the Region where it was made. */
export function findOwnTrail(context: HandlerContext, name: string | undefined): TrailRecord {
  const { world, caller, region } = context;
  const given = name ?? "";
  const byArn = world.state(trailsSlot).trails.get(given);
  const shadow = trailsSeen(world, caller.account, region).find(
    (trail) => trail.name === given && trail.account === caller.account,
  );
  const trail = byArn ?? shadow ?? findTrail(context, name);
  const isSeen = trail.account === caller.account || trail.settings.organization;
  if (!isSeen || organizationOr(world, caller.account) !== organizationOr(world, trail.account)) {
    throw unknownTrail(context, given);
  }
  if (trail.account !== caller.account && !isTrailAdministrator(context)) {
    throw notManagement();
  }
  if (trail.homeRegion !== region) {
    throw new ServiceError(
      "InvalidHomeRegionException",
      `The request must be made in the Region where the trail was created: ${trail.homeRegion}`,
    );
  }
  return trail;
}

/** The caller is neither the management account nor a delegated administrator. */
export function notManagement(): ServiceError {
  return new ServiceError(
    "NotOrganizationMasterAccountException",
    "The AWS account making the request to create or update an organization trail is not the management account or a delegated administrator account for an organization in AWS Organizations.",
  );
}

function organizationOr(world: HandlerContext["world"], account: string): string {
  return organizationWith(world, account)?.id ?? account;
}
