import { gapOf } from "../../aws/attempt-read.ts";
import { createPool } from "../../aws/pool.ts";
import type { AccountId } from "../../core/identifiers.ts";
import type { Gap } from "../../core/read.ts";
import {
  type AlternateContact,
  type AlternateContactType,
  alternateContactTypes,
  type RegionState,
} from "../../core/snapshot.ts";
import type { ServiceContext } from "../service.ts";
import { accountInput, readContact } from "./contacts.ts";

/** What was read of one account. Members that are absent were not asked for, or are gaps. */
export interface CollectedAccount {
  readonly alternateContacts?: Readonly<
    Partial<Record<AlternateContactType, AlternateContact | null>>
  >;
  readonly regions?: readonly RegionState[];
}

/** Which accounts are asked for what. */
export interface AccountCollectOptions {
  readonly contactsOf: readonly AccountId[];
  readonly regionsOf: readonly AccountId[];
  readonly onProgress?: (done: number, total: number) => void;
}

/** Accounts that are read at one time. */
const parallelReads = 8;

/**
 * Reads alternate contacts and Regions of accounts, through the organization: the caller is the
 * management account, or a delegated administrator for `account.amazonaws.com`. Gaps:
 * `accounts/ID/alternateContacts/TYPE` and `accounts/ID/regions`.
 */
export async function collectAccountDetails(
  context: ServiceContext,
  options: AccountCollectOptions,
): Promise<{ readonly accounts: ReadonlyMap<AccountId, CollectedAccount>; readonly gaps: Gap[] }> {
  const { aws, signal } = context;
  const { account: callerAccount } = await aws.caller(signal);
  const how = signal === undefined ? {} : { signal };
  const accounts = new Map<AccountId, CollectedAccount>();
  const gaps: Gap[] = [];
  const pool = createPool(parallelReads);
  const total = options.contactsOf.length + options.regionsOf.length;
  let done = 0;

  const contacts = async (account: AccountId): Promise<void> => {
    const found: Partial<Record<AlternateContactType, AlternateContact | null>> = {};
    for (const type of alternateContactTypes) {
      try {
        found[type] = await readContact(aws, { account, callerAccount }, type, how);
      } catch (error) {
        gaps.push(gapOf(error, `accounts/${account}/alternateContacts/${type}`));
      }
    }
    accounts.set(account, { ...accounts.get(account), alternateContacts: found });
    options.onProgress?.(++done, total);
  };
  const regions = async (account: AccountId): Promise<void> => {
    try {
      const found: RegionState[] = [];
      const pages = aws.pages("account", "ListRegions", accountInput({ account, callerAccount }), {
        ...how,
        about: account,
      });
      for await (const { Regions = [] } of pages) {
        for (const { RegionName: name, RegionOptStatus: status } of Regions) {
          if (name !== undefined && status !== undefined) found.push({ name, status });
        }
      }
      found.sort((a, b) => (a.name < b.name ? -1 : 1));
      accounts.set(account, { ...accounts.get(account), regions: found });
    } catch (error) {
      gaps.push(gapOf(error, `accounts/${account}/regions`));
    }
    options.onProgress?.(++done, total);
  };

  await Promise.all([
    ...options.contactsOf.map((account) => pool(() => contacts(account))),
    ...options.regionsOf.map((account) => pool(() => regions(account))),
  ]);
  return { accounts, gaps };
}
