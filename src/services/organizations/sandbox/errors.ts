import { ServiceError } from "../../../sandbox/service.ts";

/** InvalidInputException with one of the SDK's `InvalidInputExceptionReason` values. */
export function invalidInput(reason: string, message: string): ServiceError {
  return new ServiceError("InvalidInputException", message, { members: { Reason: reason } });
}

/** ConstraintViolationException with one of the SDK's `ConstraintViolationExceptionReason` values. */
export function constraintViolation(reason: string, message: string): ServiceError {
  return new ServiceError("ConstraintViolationException", message, { members: { Reason: reason } });
}

/** HandshakeConstraintViolationException with its reason. */
export function handshakeConstraint(reason: string, message: string): ServiceError {
  return new ServiceError("HandshakeConstraintViolationException", message, {
    members: { Reason: reason },
  });
}

/** An operation that needs all features, in an organization without them. */
export function allFeaturesNeeded(): ServiceError {
  return constraintViolation(
    "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE",
    "This operation can be performed only in organizations that have all features enabled.",
  );
}

/** The caller's standing does not allow the operation. */
export function accessDenied(
  message = "You don't have permissions to access this resource.",
): ServiceError {
  return new ServiceError("AccessDeniedException", message);
}

/** The exceptions that have no reason. */
export type ReasonlessCode =
  | "AWSOrganizationsNotInUseException"
  | "AccountAlreadyClosedException"
  | "AccountAlreadyRegisteredException"
  | "AccountNotFoundException"
  | "AccountNotRegisteredException"
  | "AlreadyInOrganizationException"
  | "ChildNotFoundException"
  | "ConcurrentModificationException"
  | "CreateAccountStatusNotFoundException"
  | "DestinationParentNotFoundException"
  | "DuplicateAccountException"
  | "DuplicateHandshakeException"
  | "DuplicateOrganizationalUnitException"
  | "DuplicatePolicyAttachmentException"
  | "DuplicatePolicyException"
  | "EffectivePolicyNotFoundException"
  | "HandshakeAlreadyInStateException"
  | "HandshakeNotFoundException"
  | "InvalidHandshakeTransitionException"
  | "InvalidResponsibilityTransferTransitionException"
  | "MalformedPolicyDocumentException"
  | "MasterCannotLeaveOrganizationException"
  | "OrganizationNotEmptyException"
  | "OrganizationalUnitNotEmptyException"
  | "OrganizationalUnitNotFoundException"
  | "ParentNotFoundException"
  | "PolicyInUseException"
  | "PolicyNotAttachedException"
  | "PolicyNotFoundException"
  | "PolicyTypeAlreadyEnabledException"
  | "PolicyTypeNotAvailableForOrganizationException"
  | "PolicyTypeNotEnabledException"
  | "ResourcePolicyNotFoundException"
  | "ResponsibilityTransferAlreadyInStatusException"
  | "ResponsibilityTransferNotFoundException"
  | "RootNotFoundException"
  | "SourceParentNotFoundException"
  | "TargetNotFoundException";

/** Messages of the exceptions that have no reason. */
const messages: Readonly<Record<ReasonlessCode, string>> = {
  AWSOrganizationsNotInUseException: "Your account is not a member of an organization.",
  AccountAlreadyClosedException: "The provided account is already closed.",
  AccountAlreadyRegisteredException:
    "The provided account is already a delegated administrator for your organization.",
  AccountNotFoundException: "You specified an account that doesn't exist.",
  AccountNotRegisteredException:
    "The provided account is not a registered delegated administrator for your organization.",
  AlreadyInOrganizationException: "The AWS account is already a member of an organization.",
  ChildNotFoundException: "You specified a child that doesn't exist.",
  ConcurrentModificationException:
    "AWS Organizations can't complete your request because it conflicts with another attempt to " +
    "modify the same entity. Try again later.",
  CreateAccountStatusNotFoundException:
    "You specified a create account request that doesn't exist.",
  DestinationParentNotFoundException: "You specified a destination parent that doesn't exist.",
  DuplicateAccountException:
    "The specified account is already present in the specified destination parent.",
  DuplicateHandshakeException:
    "A handshake with the same action and target already exists and is open.",
  DuplicateOrganizationalUnitException: "An OU with the same name already exists.",
  DuplicatePolicyAttachmentException:
    "The specified policy is already attached to the specified target.",
  DuplicatePolicyException: "A policy with the specified name and type already exists.",
  EffectivePolicyNotFoundException:
    "The account doesn't have an effective policy of the specified type.",
  HandshakeAlreadyInStateException: "The specified handshake is already in the requested state.",
  HandshakeNotFoundException: "You specified a handshake that doesn't exist.",
  InvalidHandshakeTransitionException:
    "You can't perform the operation on the handshake in its current state.",
  InvalidResponsibilityTransferTransitionException:
    "You can't perform the operation on the transfer in its current status.",
  MalformedPolicyDocumentException:
    "The provided policy document does not meet the requirements of the specified policy type.",
  MasterCannotLeaveOrganizationException:
    "You can't remove a management account from an organization.",
  OrganizationNotEmptyException:
    "To delete an organization you must first remove all member accounts (except the management account).",
  OrganizationalUnitNotEmptyException:
    "You can't delete an organizational unit that contains accounts or other organizational units.",
  OrganizationalUnitNotFoundException: "You specified an organizational unit that doesn't exist.",
  ParentNotFoundException: "You specified parent that doesn't exist.",
  PolicyInUseException:
    "The policy is attached to one or more entities. You must detach it from all roots, " +
    "organizational units, and accounts before performing this operation.",
  PolicyNotAttachedException: "The specified policy isn't attached to the specified target.",
  PolicyNotFoundException: "You specified a policy that doesn't exist.",
  PolicyTypeAlreadyEnabledException: "The specified policy type is already enabled.",
  PolicyTypeNotAvailableForOrganizationException:
    "The specified policy type is not available for your organization.",
  PolicyTypeNotEnabledException: "This operation can be performed only for enabled policy types.",
  ResourcePolicyNotFoundException: "There is no resource policy in your organization.",
  ResponsibilityTransferAlreadyInStatusException:
    "The specified transfer is already in the requested status.",
  ResponsibilityTransferNotFoundException: "You specified a transfer that doesn't exist.",
  RootNotFoundException: "You specified a root that doesn't exist.",
  SourceParentNotFoundException: "You specified a source parent that doesn't exist.",
  TargetNotFoundException: "You specified a target that doesn't exist.",
};

/** An exception of the SDK that has no reason, in AWS's words unless others are given. */
export function failure(code: ReasonlessCode, message?: string): ServiceError {
  return new ServiceError(code, message ?? messages[code]);
}
