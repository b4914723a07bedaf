import type { DetectFacts } from "./facts.ts";
import { unknownFacts } from "./unknown-facts.ts";

/** Whom something is shared with, as far as it concerns. */
export interface Sharing {
  /** "everybody", "account 999999999999, which is not of the organization". */
  readonly words: string;
  readonly unknown: readonly string[];
}

/** How everybody is written: `*`, or by Systems Manager's own words "all" in any case. */
const everybody = /^(\*|all)$/i;

/**
 * Which of the receivers are outside of the organization: `all`, `*`, account ids and
 * ARNs, also those of organizations and their units. `undefined` when none is. Accounts of which nobody knows count, and the finding says so.
 *
 * @param own the account that shares, which is never outside.
 */
export function sharedWith(
  receivers: readonly string[],
  facts: DetectFacts,
  own: string | undefined,
): Sharing | undefined {
  if (receivers.some((one) => everybody.test(one))) {
    return { words: "everybody", unknown: [] };
  }
  const accounts = receivers
    .flatMap((one) => /\d{12}/.exec(one)?.[0] ?? [])
    .filter((one) => one !== own);
  const outside = accounts.filter((one) => facts.standingOf(one) === "outside");
  if (outside.length > 0) {
    return { words: `${outside.join(", ")}, outside of the organization`, unknown: [] };
  }
  const unknown = accounts.filter((one) => facts.standingOf(one) === undefined);
  return unknown.length === 0
    ? undefined
    : { words: unknown.join(", "), unknown: [unknownFacts.members] };
}

/** The same of a whole organization, by its id. */
export function sharedWithOrganization(id: string, facts: DetectFacts): Sharing | undefined {
  if (id === facts.organizationId) return undefined;
  return facts.organizationId === undefined
    ? { words: `the organization ${id}`, unknown: [unknownFacts.organization] }
    : { words: `all of ${id}, another organization`, unknown: [] };
}
