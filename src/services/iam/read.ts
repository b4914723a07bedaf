import type { Aws, CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import { iamFacts } from "../../data/iam-facts.ts";
import type { PasswordPolicyState, RootCredentialsState, RootSummaryState } from "./state.ts";

/** Which features of centralized root access are on. */
export async function readFeatures(aws: Aws, how: CallOptions): Promise<readonly string[]> {
  const answer = await orNull(["ServiceAccessNotEnabledException", "ServiceAccessNotEnabled"], () =>
    aws.call("iam", "ListOrganizationsFeatures", {}, how),
  );
  return [...(answer?.EnabledFeatures ?? [])].sort();
}

/** An account's password policy with all its members; `null` when it has none. */
export async function readPasswordPolicy(
  aws: Aws,
  how: CallOptions,
): Promise<PasswordPolicyState | null> {
  const answer = await orNull(noSuchEntity, () =>
    aws.call("iam", "GetAccountPasswordPolicy", {}, how),
  );
  if (answer?.PasswordPolicy === undefined) return null;
  const policy: Readonly<Record<string, unknown>> = { ...answer.PasswordPolicy };
  return Object.fromEntries(
    Object.entries(iamFacts.passwordPolicyDefaults).map(([member, byDefault]) => {
      const value = policy[member];
      return [member, typeof value === typeof byDefault ? (value as number | boolean) : byDefault];
    }),
  );
}

/** What an account says of its root user, whom it need not be entered as. */
export async function readRootSummary(aws: Aws, how: CallOptions): Promise<RootSummaryState> {
  const { SummaryMap: map = {} } = await aws.call("iam", "GetAccountSummary", {}, how);
  const { AccountPasswordPresent: password } = map;
  return {
    accessKeys: map.AccountAccessKeysPresent === 1,
    mfa: map.AccountMFAEnabled === 1,
    certificates: map.AccountSigningCertificatesPresent === 1,
    ...(password === undefined ? {} : { password: password === 1 }),
  };
}

/** What an account's root user can sign in with; `how` leads into the account as its root user. */
export async function readRootCredentials(
  aws: Aws,
  how: CallOptions,
): Promise<RootCredentialsState> {
  const profile = await orNull(noSuchEntity, () => aws.call("iam", "GetLoginProfile", {}, how));
  const { AccessKeyMetadata = [] } = await aws.call("iam", "ListAccessKeys", {}, how);
  const { Certificates = [] } = await aws.call("iam", "ListSigningCertificates", {}, how);
  const { MFADevices = [] } = await aws.call("iam", "ListMFADevices", {}, how);
  return {
    password: profile !== null,
    accessKeys: AccessKeyMetadata.flatMap(({ AccessKeyId }) => AccessKeyId ?? []).sort(),
    certificates: Certificates.flatMap(({ CertificateId }) => CertificateId ?? []).sort(),
    mfaDevices: MFADevices.flatMap(({ SerialNumber }) => SerialNumber ?? []).sort(),
  };
}

const noSuchEntity = ["NoSuchEntityException", "NoSuchEntity"];

async function orNull<T>(names: readonly string[], read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AwsError && names.includes(error.details.awsCode ?? "")) return null;
    throw error;
  }
}
