import type { Money } from "../trails/money.ts";
import type { OverlapGroup } from "../trails/overlap.ts";
import type { PricedGroup, ReportedTrail, TrailsReport } from "../trails/report.ts";

/** Dollars and cents: `$1,234.50`. */
export function dollars(amount: number): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return `$${amount.toLocaleString("en-US", digits)}`;
}

/** What a group costs and how that is known, in words that end no sentence. */
export function moneyWords({ amount, source, basis, period }: Money): string {
  if (amount === null) return `cost unknown: ${basis}`;
  const when = period === undefined ? "" : ` in ${monthOf(period)}`;
  return source === "bill"
    ? `${dollars(amount)} billed${when} (${basis})`
    : `about ${dollars(amount)} a month, an estimate${when === "" ? "" : ` from${when.slice(3)}`} (${basis})`;
}

/** Whether the bill is explained. */
export function checkWords({ check, checkWhy }: Money): string {
  if (check === "agrees") return `the bill agrees: ${checkWhy}`;
  return check === "incomplete"
    ? `model incomplete, the bill says otherwise: ${checkWhy}`
    : `not checked against the bill: ${checkWhy}`;
}

/** What it will cost; `undefined` when that is not known or is what it was. */
export function fromNowOnWords({ amount, fromNowOn, pricesOf }: Money): string | undefined {
  if (fromNowOn === null || amount === null) return undefined;
  if (Math.abs(fromNowOn - amount) <= 0.1 * Math.max(fromNowOn, amount)) return undefined;
  return `with today's trails about ${dollars(fromNowOn)} a month, an estimate at list prices of ${pricesOf}`;
}

/** The month of a period: `2026-10`. */
export function monthOf({ start }: { readonly start: string }): string {
  return start.slice(0, 7);
}

/** Names of trails, with the account where several have one name. */
export function trailNames(report: TrailsReport, arns: readonly string[]): readonly string[] {
  return arns.map((arn) => {
    const trail = report.trails.find((one) => one.arn === arn);
    if (trail === undefined) return arn;
    const isAlone = report.trails.filter(({ name }) => name === trail.name).length === 1;
    return isAlone ? trail.name : `${trail.name} of ${trail.accountName}`;
  });
}

/** Which events a group's trails share. */
export function classWords({ classes, kind }: OverlapGroup): string {
  const whole = new Set(["management events that read", "management events that write"]);
  if (
    kind === "management" &&
    classes.length === 2 &&
    classes.every(({ what }) => whole.has(what))
  ) {
    return "management events";
  }
  return classes.map(({ what }) => what).join("; ");
}

/** Where a group's trails share them. */
export function placeWords(report: TrailsReport, { places, trails }: PricedGroup): string {
  const accounts = Object.entries(places);
  const regions = [...new Set(accounts.flatMap(([, all]) => all))].sort();
  const [only] = accounts;
  const name = report.trails.find(
    (one) => one.account === only?.[0] && trails.includes(one.arn),
  )?.accountName;
  const who = accounts.length === 1 ? (name ?? only?.[0]) : `${accounts.length} accounts`;
  const where = regions.length <= 3 ? regions.join(", ") : `${regions.length} Regions`;
  return `in ${who}, ${where}`;
}

/** How a trail is, with since when and why. */
export function statusWords({ status, since, error, latestDelivery }: ReportedTrail): string {
  const at = (text: string): string => text.slice(0, 16).replace("T", " ");
  const last =
    latestDelivery === undefined ? "never delivered" : `last delivery ${at(latestDelivery)}`;
  if (status === "unknown") return "not known";
  if (status === "stopped") {
    return since === undefined ? "stopped: it never logged" : `stopped since ${at(since)}; ${last}`;
  }
  const began = since === undefined ? "" : ` since ${at(since)}`;
  return status === "failing"
    ? `logging${began}, and cannot deliver: ${error}; ${last}; it is charged all the same`
    : `logging${began}; ${last}`;
}

/** Whether a trail could go. */
export function removalWords({ removal: { verdict, why } }: ReportedTrail): string {
  if (verdict === "keep") return `must stay, as ${why}`;
  if (verdict === "unverified") return `should stay for now, as ${why}`;
  return `could be deleted once its open questions are answered, as ${why}`;
}

/** All of it in two sentences. */
export function summaryWords({ trails, bill, noBill, takenAt }: TrailsReport): string {
  const count = (fault: string): number =>
    trails.filter(({ faults }) => (faults as readonly string[]).includes(fault)).length;
  const money =
    bill === null
      ? `Cost unknown: ${noBill}`
      : `Copies of management events: ${dollars(bill.copies)} billed in ${monthOf(bill)}, ` +
        `${dollars(bill.explained)} of it by the trails above`;
  return (
    `${trails.length} trails as of ${takenAt}: ${count("duplicate")} take what another takes, ` +
    `${count("stopped")} stopped, ${count("failing")} failing, ${count("unsafe")} unsafe. ${money}`
  );
}
