import type { Gap } from "../core/read.ts";
import type { OrganizationAccountState, Snapshot } from "../core/snapshot.ts";
import { collectAccountDetails } from "../services/account/collect.ts";
import { collectOrganizationState } from "../services/organizations/collect.ts";
import type { CollectProgress } from "../services/organizations/collect-context.ts";
import { type Selection, selected } from "../services/organizations/collect-tags.ts";
import type { ServiceContext } from "../services/service.ts";
import { type CollectServicesOptions, collectServices } from "./collect-services.ts";

/** What of an organization is read, beside what costs a call a page only. */
export interface CollectOptions {
  /** Resources whose tags are read, one call each; none when absent. */
  readonly tags?: Selection;
  /** Accounts whose alternate contacts are read, three calls each; none when absent. */
  readonly alternateContacts?: Selection;
  /** Accounts whose Regions are read, a call each; none when absent. */
  readonly regions?: Selection;
  /** Services that are read; none when absent. */
  readonly services?: Omit<CollectServicesOptions, "onProgress">;
  readonly onProgress?: (progress: CollectProgress) => void;
}

/**
 * Reads an organization into a snapshot. What cannot be read is a gap. Accounts that are not active
 * are not asked for contacts and Regions: AWS would not answer for them.
 *
 * @throws AppError when there is no organization to read, with exit `credentials`.
 */
export async function collectOrganization(
  context: ServiceContext,
  options: CollectOptions = {},
): Promise<Snapshot> {
  const takenAt = new Date(context.aws.clock.now()).toISOString();
  const { caller, organization, gaps } = await collectOrganizationState(context, {
    tags: options.tags ?? "none",
    // A page of them for each twenty accounts, of which nothing in the headline speaks.
    targetsOfManaged: options.services?.tier !== "headline",
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  });
  const active = organization.accounts.filter(({ state }) => state === "ACTIVE");
  const pick = (selection: Selection | undefined): string[] => {
    const isSelected = selected(selection ?? "none", organization);
    return active.map(({ id }) => id).filter(isSelected);
  };
  const contactsOf = pick(options.alternateContacts);
  const regionsOf = pick(options.regions);
  const snapshot = { schemaVersion: 1, takenAt, caller } as const;
  if (contactsOf.length + regionsOf.length === 0) {
    return withServices(context, { ...snapshot, organization, gaps }, options);
  }

  const details = await collectAccountDetails(context, {
    contactsOf,
    regionsOf,
    onProgress: (done, total) => options.onProgress?.({ part: "accountDetails", done, total }),
  });
  const accounts = organization.accounts.map(
    (account): OrganizationAccountState => ({ ...account, ...details.accounts.get(account.id) }),
  );
  const allGaps: Gap[] = [...gaps, ...details.gaps];
  allGaps.sort((a, b) => (a.subject < b.subject ? -1 : 1));
  const read = { ...snapshot, organization: { ...organization, accounts }, gaps: allGaps };
  return withServices(context, read, options);
}

async function withServices(
  context: ServiceContext,
  snapshot: Snapshot,
  { services, onProgress }: CollectOptions,
): Promise<Snapshot> {
  if (services === undefined || services.services.length === 0) return snapshot;
  services.onBegin?.(snapshot.organization);
  const read = await collectServices(context, snapshot.organization, {
    ...services,
    onProgress: (done, total) => onProgress?.({ part: "services", done, total }),
  });
  const { tier = "full", homeRegion, governedRegions: regions } = services;
  return {
    ...snapshot,
    services: read.services,
    scope: { tier, homeRegion, regions },
    gaps: [...snapshot.gaps, ...read.gaps],
  };
}
