import type { OrganizationState } from "../core/snapshot.ts";
import type { IamFacts } from "../policy/iam-facts.ts";
import { createAssessor } from "./assess.ts";
import type { Call } from "./call.ts";
import { type AccountChains, organizationChains, type PolicyChange } from "./chains.ts";
import { type Grounds, groundsOf, type Question } from "./judge.ts";
import { type Effect, effects, type ImpactReport, type ImpactRow } from "./report.ts";
import { compareTexts, coverageTally, widen } from "./tally.ts";

/** Replays calls. */
export interface Impact {
  add(call: Call): void;
  /** Whether the record of a call, which is given without, may settle what its key leaves open. */
  needsRecord(call: Call): boolean;
  report(): ImpactReport;
}

/** What a record tells beyond its key, in lower case as explanations name it. */
const recordKeys: ReadonlySet<string> = new Set([
  "resource",
  "aws:currenttime",
  "aws:multifactorauthpresent",
  "aws:sourceip",
  "aws:sourcevpce",
  "aws:tokenissuetime",
  "aws:useragent",
  "aws:userid",
  "aws:username",
]);

interface OpenRow {
  readonly effect: Effect;
  readonly certainty: ImpactRow["certainty"];
  readonly account: string;
  readonly principal: string;
  readonly action: string;
  readonly onBehalf: boolean;
  readonly on: AccountChains;
  /** The first such call's. */
  readonly question: Question;
  readonly regions: Set<string>;
  count: number;
  failed: number;
  first?: string;
  last?: string;
}

/**
 * Replays calls through the service control policies of an organization as they are and as changes
 * would make them, every level of the tree, and collects what would become of whom.
 *
 * A call whose answer changes is `certain` when nothing that its record lacks could make it other.
 */
export function createImpact(options: {
  readonly organization: OrganizationState;
  readonly changes: readonly PolicyChange[];
  readonly facts: IamFacts;
  /** Whether the organization's ids are AWS's; they are when not said. */
  readonly idsAreReal?: boolean;
}): Impact {
  const chains = organizationChains(options.organization, options.changes);
  const assessor = createAssessor({ ...options, chains });
  const tally = coverageTally();
  const rows = new Map<string, OpenRow>();
  const settled = new Map<string, boolean>();

  return {
    needsRecord: (call) => {
      const assessed = assessor.assess(call);
      if (assessed.kind !== "judged" || assessed.change.certain) return false;
      const { question } = assessed;
      const id = `${assessed.chains.id} ${question.checked.action}`;
      const known = settled.get(id);
      if (known !== undefined) return known;
      const { before, after } = assessed.chains;
      const missing = [before, after].flatMap((chain) => groundsOf(chain, question).missing);
      const answer = missing.length === 0 || missing.some((key) => recordKeys.has(key));
      settled.set(id, answer);
      return answer;
    },
    add: (call) => {
      const assessed = assessor.assess(call);
      if (assessed.kind !== "judged") {
        tally.add(call, assessed.kind, assessed.reason);
        return;
      }
      tally.add(call, "judged");
      const { change, standing } = assessed;
      if (change.effect === "same") return;
      const { outcome } = call.key;
      const effect: Effect =
        change.effect === "allowed"
          ? "newlyAllowed"
          : outcome === "none" || outcome === "other"
            ? "newlyDenied"
            : "alreadyDenied";
      const { question } = assessed;
      const { action } = question.checked;
      const { account, principal, onBehalf } = standing;
      const certainty = change.certain ? "certain" : "possible";
      const id = JSON.stringify([effect, certainty, account, principal, action, onBehalf]);
      let row = rows.get(id);
      if (row === undefined) {
        const { chains: on } = assessed;
        row = {
          effect,
          certainty,
          account,
          principal,
          action,
          onBehalf,
          on,
          question,
          regions: new Set(),
          count: 0,
          failed: 0,
        };
        rows.set(id, row);
      }
      row.count += call.count;
      if (outcome === "other") row.failed += call.count;
      if (call.key.awsRegion !== undefined) row.regions.add(call.key.awsRegion);
      widen(row, call);
    },
    report: () => ({
      rows: closeRows([...rows.values()]),
      coverage: tally.coverage(),
      ...tally.span(),
      unread: chains.unread,
      isEnabled: chains.isEnabled,
    }),
  };
}

/** So many rows, the heaviest, are each explained by their own first call. */
const explainedRows = 200;

/** Rows in order, with what they rest on; beyond the first those of an action share it. */
function closeRows(open: readonly OpenRow[]): readonly ImpactRow[] {
  const shared = new Map<string, Grounds>();
  return [...open].sort(byWeight).map((row, index) => {
    const { on, question, regions, ...rest } = row;
    const where = question.context["aws:RequestedRegion"];
    const id = `${on.id} ${row.action} ${row.effect} ${row.certainty} ${String(where)} ${row.onBehalf}`;
    const held = index < explainedRows ? undefined : shared.get(id);
    const grounds = held ?? rowGrounds(row);
    shared.set(id, grounds);
    return { ...rest, regions: [...regions].sort(compareTexts), ...grounds };
  });
}

function rowGrounds({ on, question, effect, certainty }: OpenRow): Grounds {
  const [own, other] = effect === "newlyAllowed" ? [on.before, on.after] : [on.after, on.before];
  const grounds = groundsOf(own, question);
  if (certainty === "certain") return { ...grounds, missing: [] };
  const missing = new Set([...grounds.missing, ...groundsOf(other, question).missing]);
  if (missing.size === 0) missing.add("requestParameters");
  return { ...grounds, missing: [...missing].sort(compareTexts) };
}

function byWeight(a: OpenRow, b: OpenRow): number {
  return (
    effects.indexOf(a.effect) - effects.indexOf(b.effect) ||
    compareTexts(a.certainty, b.certainty) ||
    b.count - a.count ||
    compareTexts(a.account, b.account) ||
    compareTexts(a.principal, b.principal) ||
    compareTexts(a.action, b.action) ||
    Number(a.onBehalf) - Number(b.onBehalf)
  );
}
