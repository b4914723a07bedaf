import type { AccountId } from "../../core/identifiers.ts";

/** An account's password policy, members as the API names them; 0 days or passwords: no rule. */
export type PasswordPolicyState = Readonly<Record<string, number | boolean>>;

/** What a root user can sign in with. */
export type RootCredentialsState = Readonly<{
  password: boolean;
  accessKeys: readonly string[];
  certificates: readonly string[];
  mfaDevices: readonly string[];
}>;

/** What an account says of its root user. */
export interface RootSummaryState {
  readonly accessKeys: boolean;
  readonly mfa: boolean;
  readonly certificates: boolean;
  /** Absent: AWS did not say. */
  readonly password?: boolean;
}

/** What was read of IAM. Members that are absent were not read. */
export interface IamState {
  /** Accounts that are delegated administrators of IAM. */
  readonly administrators?: readonly AccountId[];
  /** `RootCredentialsManagement`, `RootSessions`. */
  readonly features?: readonly string[];
  /** By account; `null`: it has none. */
  readonly passwordPolicies?: Readonly<Record<AccountId, PasswordPolicyState | null>>;
  /** Accounts whose password policies Config finds as strict as the block asks; not read. */
  readonly provenPasswordPolicies?: readonly AccountId[];
  /** By account, of those that were asked. */
  readonly rootSummaries?: Readonly<Record<AccountId, RootSummaryState>>;
  /** By account: of those alone whose credentials are to be removed. */
  readonly rootCredentials?: Readonly<Record<AccountId, RootCredentialsState>>;
}
