import type { DetectFacts } from "./facts.ts";
import { unknownFacts } from "./unknown-facts.ts";

/** Whom something is shared with, as far as it concerns. */
export interface Sharing {
  /** "everybody", "account 999999999999, which is not of the organization". */
  readonly words: string;
  readonly unknown: readonly string[];
}

/**
 * Which of the receivers are outside of the organization: `all`, `*` and account ids. `undefined`
 * when none is. Accounts of which nobody knows count, and the finding says so.
 *
 * @param own the account that shares, which is never outside.
 */
export function sharedWith(
  receivers: readonly string[],
  facts: DetectFacts,
  own: string | undefined,
): Sharing | undefined {
  if (receivers.some((one) => one === "all" || one === "*")) {
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
