/** Why AWS could not create an account, and what to do about it. */
export interface CreationFailure {
  readonly meaning: string;
  readonly remedy: string;
}

/**
 * AWS's reasons in words.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccountStatus.html (2026-11-22)
 */
const failures: Readonly<Record<string, CreationFailure>> = {
  ACCOUNT_LIMIT_EXCEEDED: {
    meaning: "the organization may have no more accounts",
    remedy: "ask for a higher quota of accounts in Service Quotas (us-east-1), then apply again",
  },
  CONCURRENT_ACCOUNT_MODIFICATION: {
    meaning: "another change of accounts ran at the same time",
    remedy: "apply again",
  },
  EMAIL_ALREADY_EXISTS: {
    meaning: "an account outside this organization has the e-mail address",
    remedy: "use another address: a closed account holds its own for 90 days",
  },
  FAILED_BUSINESS_VALIDATION: {
    meaning: "AWS could not validate the business of the management account",
    remedy: "complete the validation with AWS Support",
  },
  GOVCLOUD_ACCOUNT_ALREADY_EXISTS: {
    meaning: "the account in AWS GovCloud (US) exists already",
    remedy: "use another e-mail address",
  },
  INTERNAL_FAILURE: {
    meaning: "AWS failed",
    remedy: "apply again; if it fails again, ask AWS Support with the request id",
  },
  INVALID_ADDRESS: {
    meaning: "the management account's postal address is not valid",
    remedy: "correct the address in the management account's contact information",
  },
  INVALID_EMAIL: {
    meaning: "the e-mail address is not valid",
    remedy: "correct `email` of the account",
  },
  INVALID_IDENTITY_FOR_BUSINESS_VALIDATION: {
    meaning: "AWS could not validate the identity of the management account's owner",
    remedy: "complete the validation with AWS Support",
  },
  INVALID_PAYMENT_INSTRUMENT: {
    meaning: "AWS takes no payment by the management account's payment method",
    remedy: "set a supported payment method in the management account",
  },
  MISSING_BUSINESS_VALIDATION: {
    meaning: "the management account's business has not been validated",
    remedy: "complete the validation with AWS Support",
  },
  MISSING_PAYMENT_INSTRUMENT: {
    meaning: "the management account has no payment method",
    remedy: "add a payment method to the management account",
  },
  PENDING_BUSINESS_VALIDATION: {
    meaning: "the validation of the management account's business is not finished",
    remedy: "apply again when it is",
  },
  UNKNOWN_BUSINESS_VALIDATION: {
    meaning: "AWS does not know the state of the management account's business validation",
    remedy: "ask AWS Support",
  },
  UPDATE_EXISTING_RESOURCE_POLICY_WITH_TAGS_NOT_SUPPORTED: {
    meaning: "AWS took no tags with this request",
    remedy: "leave the tags out, apply, and put them back",
  },
};

/** A reason of AWS's in words; one that this version does not know is given as it is. */
export function creationFailure(reason: string): CreationFailure {
  return (
    failures[reason] ?? {
      meaning: "AWS gave a reason that this version does not know",
      remedy: "see the reason in the AWS Organizations API reference, CreateAccountStatus",
    }
  );
}
