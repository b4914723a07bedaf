import { organizationsQuotas } from "../../../data/organizations-quotas.ts";

/** How the sandbox's Organizations behaves, where AWS leaves it open or a test wants it so. */
export interface OrganizationsOptions {
  /** Accounts that the organization may have. */
  readonly maximumAccounts: number;
  /** Time from CreateAccount to its end. */
  readonly accountCreationMs: number;
  /** Time from CloseAccount to the closed account. */
  readonly accountClosureMs: number;
  /** Time that enabling or disabling a policy type takes; 0: done with the request. */
  readonly policyTypeChangeMs: number;
  /** Creations that fail at their end, by e-mail in lower case: `FailureReason` of each. */
  readonly failingCreations: Readonly<Record<string, string>>;
  /** Whether the management account has an AWS GovCloud (US) account. */
  readonly govCloud: boolean;
  /** Chance (0 to 1) that a page is answered empty, with a token, as AWS may. */
  readonly emptyPageChance: number;
  /** Time that a write takes; meanwhile another write meets ConcurrentModificationException. */
  readonly writeMs: number;
}

/**
 * The default behaviour: an organization whose account quota has been raised as far as AWS does,
 * whose accounts are made in twenty seconds and closed in two minutes.
 */
export const defaultOptions: OrganizationsOptions = {
  maximumAccounts: organizationsQuotas.accounts.adjustableTo,
  accountCreationMs: 20_000,
  accountClosureMs: 120_000,
  policyTypeChangeMs: 0,
  failingCreations: {},
  govCloud: false,
  emptyPageChance: 0,
  writeMs: 0,
};
