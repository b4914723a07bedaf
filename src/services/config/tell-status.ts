import type { RegionName } from "../../core/identifiers.ts";
import type { Planning } from "./planning.ts";
import type { OrganizationConfigState, PartStatus } from "./state.ts";

/** A rule or pack whose status is told. */
export interface Told {
  /** `rule:NAME` or `conformancePack:NAME`. */
  readonly key: string;
  /** As a sentence has it: "the rule `NAME`". */
  readonly title: string;
  readonly region: RegionName;
  readonly path: readonly (string | number)[];
}

/** So many accounts are named; the others are counted. */
const mostNamed = 5;

/** Tells where a rule or pack failed, in which accounts and why, and what AWS is still at work on. */
export function tellStatus(planning: Planning, read: OrganizationConfigState, told: Told): void {
  const { key, title, region, path } = told;
  const failure = read.failures?.[key];
  if (failure !== undefined) {
    const parts = read.failedAccounts?.[key] ?? [];
    planning.issues.push({
      severity: "warning",
      code: "ORGRAIL3121",
      path,
      summary: `${title} is not in every account in \`${region}\`: ${parts.length === 0 ? failure : listed(planning, parts)}`,
      help: "an account that has no recorder there cannot have it; AWS tries again by itself",
    });
  }
  const status = read.underWay?.[key];
  if (status === undefined) return;
  planning.issues.push({
    severity: "info",
    code: "ORGRAIL3125",
    path,
    summary: `AWS is still at work on ${title} in \`${region}\`: ${status}`,
    help: "plan again in a few minutes: until then accounts may not have it as the file says",
  });
}

function listed({ facts }: Planning, parts: readonly PartStatus[]): string {
  const named = parts.slice(0, mostNamed).map(({ account, status, reason }) => {
    const name = facts.accounts.find(({ id }) => id === account)?.name;
    const where = name === undefined ? account : `${name} (${account})`;
    return `${where} ${status}${reason === undefined ? "" : `, ${reason}`}`;
  });
  const more = parts.length - named.length;
  return [...named, ...(more === 0 ? [] : [`and ${more} more`])].join("; ");
}
