import { ServiceError } from "../../../sandbox/service.ts";

/** What GuardDuty says when it refuses a request, by what is wrong with it. */
export const messages = {
  anotherAdministrator:
    "The request failed because another account is already enabled as GuardDuty delegated administrator for the organization.",
  detectorExists:
    "The request is rejected because a detector already exists for the current account.",
  foreignDetector:
    "The request is rejected because the input detectorId is not owned by the current account.",
  hasMembers:
    "The request is rejected because the current account cannot delete detector while it has invited or associated members.",
  invalidValue:
    "The request is rejected because an invalid or out-of-range value is specified as an input parameter.",
  isMember:
    "The request is rejected because the current account cannot perform this operation while it is a member of an administrator account.",
  managementNeedsDetector:
    "Operation failed because your organization master must first enable GuardDuty to be added as a member",
  notAdministrator:
    "The request failed because you do not have required AWS Organization master permission.",
  notEnabledAdministrator:
    "The request failed because the account is not enabled as GuardDuty delegated administrator for the organization.",
  notInvited:
    "The request is rejected because the current account does not have an invitation from the requested master account.",
  notMember:
    "The request is rejected because the input account is not a member of the organization.",
  noSuchResource: "The request is rejected since no such resource found.",
  otherAdministrator:
    "The request is rejected because the member account is already associated with another administrator account.",
  outsideOrganization:
    "The request failed because admin account passed is not member of AWS Organizations.",
  policyManaged:
    "The request is rejected because the feature is managed by an AWS Organizations GuardDuty policy.",
  unassociated:
    "The request is rejected because the given account ID is not an associated member of account the current account.",
} as const;

/** `BadRequestException`. */
export function badRequest(message: string): ServiceError {
  return new ServiceError("BadRequestException", message, {
    members: { Type: "InvalidInputException" },
  });
}

/** `BadRequestException` for a value that is out of range. */
export function invalidValue(): ServiceError {
  return badRequest(messages.invalidValue);
}

/** `AccessDeniedException`, as GuardDuty's tagging operations give it. */
export function accessDenied(message: string): ServiceError {
  return new ServiceError("AccessDeniedException", message, {
    httpStatus: 403,
    members: { Type: "AccessDeniedException" },
  });
}
