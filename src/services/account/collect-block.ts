import type { AccountId } from "../../core/identifiers.ts";
import type { AlternateContact, AlternateContactType, RegionState } from "../../core/snapshot.ts";
import { accountManagementFacts } from "../../data/account-management.ts";
import { accountsInScope } from "../kit/collect-scope.ts";
import type { CollectContext } from "../security-service.ts";
import { type AccountBlockState, contactsOfBlock } from "./block-state.ts";
import { accountInput, readContact } from "./contacts.ts";
import type { AccountBlock } from "./schema.ts";

/**
 * Reads the contacts and Regions that the block speaks of, one call for each account and contact
 * and one for its Regions; what the snapshot has already is not read again. Through the
 * organization where it may be, else in the accounts themselves.
 */
export async function collectAccountBlock(
  context: CollectContext<AccountBlock>,
): Promise<AccountBlockState> {
  const { aws, block, organization, signal } = context;
  const types = contactsOfBlock(block ?? {}).map(([type]) => type);
  const asksRegions = (block?.enableRegions ?? block?.disableRegions) !== undefined;
  const none = { contacts: {}, regions: {} };
  if (block?.remove === true || (types.length === 0 && !asksRegions)) return none;
  const { account: caller } = await aws.caller(signal);
  const isTrusted = organization.trustedAccess?.some(
    ({ servicePrincipal }) => servicePrincipal === accountManagementFacts.principal,
  );
  const placeOf = (account: AccountId) => ({
    target: { account, callerAccount: isTrusted === true ? caller : account },
    how: {
      ...(isTrusted === true || account === caller ? { about: account } : { account }),
      ...(signal === undefined ? {} : { signal }),
    },
  });

  const read = await context.each(accountsInScope(context, block), async (one) => {
    const { target, how } = placeOf(one.id);
    const contacts: Partial<Record<AlternateContactType, AlternateContact | null>> = {
      ...one.alternateContacts,
    };
    await context.each(
      types.filter((type) => contacts[type] === undefined),
      async (type) => {
        const subject = `accounts/${one.id}/alternateContacts/${type}`;
        const found = await context.attempt(subject, () => readContact(aws, target, type, how));
        if (found !== undefined) contacts[type] = found;
      },
    );
    const regions = !asksRegions
      ? undefined
      : (one.regions ??
        (await context.attempt(`accounts/${one.id}/regions`, async () => {
          const found: RegionState[] = [];
          for await (const page of aws.pages("account", "ListRegions", accountInput(target), how)) {
            for (const { RegionName: name, RegionOptStatus: status } of page.Regions ?? []) {
              if (name !== undefined && status !== undefined) found.push({ name, status });
            }
          }
          return found;
        })));
    return { id: one.id, contacts, regions };
  });
  return {
    contacts: Object.fromEntries(read.map(({ id, contacts }) => [id, contacts])),
    regions: Object.fromEntries(
      read.flatMap(({ id, regions }) => (regions === undefined ? [] : [[id, regions]])),
    ),
  };
}
