import type { AccountId, RegionName } from "../core/identifiers.ts";
import type { CellChange, ThingChange } from "./diff.ts";

/** An event of CloudTrail that may have changed a cell or a thing of the organization. */
export interface ChangeEvent {
  readonly id: string;
  /** ISO 8601. */
  readonly time: string;
  /** IAM action: `guardduty:DeleteDetector`. */
  readonly action: string;
  readonly account: AccountId;
  readonly region: RegionName;
  /** ARN of the role or user, else the service that acted. */
  readonly actor: string;
  readonly address: string | null;
  /** Request parameters and response elements as JSON. */
  readonly about: string;
}

/** What is known of who may have changed what. */
export interface CauseFacts {
  readonly events: readonly ChangeEvent[];
  /** The actions that change a service, by its id. */
  readonly actions: Readonly<Record<string, ReadonlySet<string>>>;
  /** Accounts that act for the whole organization: the management account and administrators. */
  readonly wide: ReadonlySet<AccountId>;
  readonly homeRegion: RegionName;
}

/** Events that may have changed a thing, the likeliest first; at most so many. */
const mostCauses = 3;

/**
 * Finds who may have changed cells: actions of their service in their account and Region, or in an
 * account that acts for the organization, unless such an action names other accounts alone. What
 * names the account comes before what concerns all, and the later before the earlier.
 */
export function cellCauses({
  events,
  actions,
  wide,
  homeRegion,
}: CauseFacts): (change: CellChange) => readonly ChangeEvent[] {
  const byAction = new Map<string, readonly ChangeEvent[]>();
  for (const event of events) {
    byAction.set(event.action, [...(byAction.get(event.action) ?? []), event]);
  }
  const byService = new Map<string, readonly ChangeEvent[]>();
  const eventsOf = (service: string): readonly ChangeEvent[] => {
    let found = byService.get(service);
    if (found === undefined) {
      found = [...(actions[service] ?? [])].flatMap((action) => byAction.get(action) ?? []);
      byService.set(service, found);
    }
    return found;
  };
  const weightOf = (event: ChangeEvent, { account, region }: CellChange): number => {
    const isHere = region === null || event.region === region;
    // Trails and central configuration are set in the home Region for all of them.
    if (!isHere && !(wide.has(event.account) && event.region === homeRegion)) return 0;
    if (event.account === account || event.about.includes(account)) return isHere ? 4 : 3;
    if (!wide.has(event.account) || namesAccounts(event, wide)) return 0;
    return isHere ? 2 : 1;
  };
  return (change) => best(eventsOf(change.service), (event) => weightOf(event, change));
}

/** Finds who may have changed a thing of the organization: writes to AWS Organizations that name it. */
export function thingCauses({
  events,
}: Pick<CauseFacts, "events">): (change: ThingChange) => readonly ChangeEvent[] {
  const found = events.filter(({ action }) => action.startsWith("organizations:"));
  return ({ id }) => best(found, ({ about }) => (about.includes(id) ? 1 : 0));
}

function best(
  events: readonly ChangeEvent[],
  weightOf: (event: ChangeEvent) => number,
): readonly ChangeEvent[] {
  return events
    .map((event) => ({ event, weight: weightOf(event) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || (a.event.time < b.event.time ? 1 : -1))
    .slice(0, mostCauses)
    .map(({ event }) => event);
}

/** Whether an event names accounts that do not act for the organization. */
function namesAccounts({ about }: ChangeEvent, wide: ReadonlySet<AccountId>): boolean {
  return (about.match(/\b\d{12}\b/g) ?? []).some((id) => !wide.has(id));
}
