import type { Aws, CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import type { AlternateContact, AlternateContactType } from "../../core/snapshot.ts";

/** Which account a call of Account Management is about, and who makes it. */
export interface AccountTarget {
  readonly account: string;
  readonly callerAccount: string;
}

/**
 * `AccountId` of a call's input. AWS: an account may not name itself, it leaves the member out.
 *
 * @see https://docs.aws.amazon.com/accounts/latest/reference/API_GetAlternateContact.html
 */
export function accountInput(target: AccountTarget): { AccountId?: string } {
  return target.account === target.callerAccount ? {} : { AccountId: target.account };
}

/** An alternate contact of an account; `null` when there is none. Throws `AwsError`. */
export async function readContact(
  aws: Aws,
  target: AccountTarget,
  type: AlternateContactType,
  options: CallOptions,
): Promise<AlternateContact | null> {
  try {
    const { AlternateContact: contact = {} } = await aws.call(
      "account",
      "GetAlternateContact",
      { ...accountInput(target), AlternateContactType: type },
      { ...options, about: target.account },
    );
    return {
      name: contact.Name ?? "",
      title: contact.Title ?? "",
      emailAddress: contact.EmailAddress ?? "",
      phoneNumber: contact.PhoneNumber ?? "",
    };
  } catch (error) {
    if (error instanceof AwsError && error.details.awsCode === "ResourceNotFoundException") {
      return null;
    }
    throw error;
  }
}
