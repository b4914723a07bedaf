import type { OrganizationState } from "../core/snapshot.ts";
import type { IamFacts } from "../policy/iam-facts.ts";
import { createAssessor, type Judged } from "./assess.ts";
import { scpDenial } from "./call.ts";
import { organizationChains } from "./chains.ts";
import { ask, groundsOf } from "./judge.ts";
import { createReplay, type Replay } from "./replay.ts";
import type { Coverage } from "./report.ts";
import { isoTime } from "./rows.ts";
import { compareTexts } from "./tally.ts";
import { createVerdicts } from "./verdicts.ts";

/**
 * How policies and the log disagree: `missed`, the log has a denial by a service control policy that
 * today's do not deny; `contradicted`, today's would deny a call that the log shows let through;
 * `undecided`, the record lacks what decides.
 */
export const disagreements = ["missed", "contradicted", "undecided"] as const;

/** Calls on which policies and the log disagree. */
export interface Disagreement {
  readonly kind: (typeof disagreements)[number];
  readonly account: string;
  readonly principal: string;
  readonly action: string;
  readonly count: number;
  readonly first?: string;
  readonly last?: string;
  readonly regions: readonly string[];
  /** For `undecided`: what decides and is not known. */
  readonly missing: readonly string[];
  /** The Deny of today that decides or may. */
  readonly decidedBy?: string;
  /** The policies that the log names, sorted. */
  readonly loggedPolicies: readonly string[];
}

/** Calls by what the log has of them and what today's policies say. */
export interface BackTestCounts {
  readonly denied: number;
  readonly allowed: number;
  readonly undecided: number;
}

/** How well today's policies explain what the log records. */
export interface BackTestReport {
  /** Denials by service control policies that the log records. */
  readonly recordedDenials: BackTestCounts;
  /** Calls that the log shows were let through. */
  readonly letThrough: BackTestCounts;
  /** Of the recorded denials, the share that today's policies deny, 0 to 1; absent without any. */
  readonly denialsNamed?: number;
  /** Of all decided calls, the share on which policies and log agree; absent without any. */
  readonly agreement?: number;
  readonly disagreements: readonly Disagreement[];
  readonly coverage: Coverage;
  /** Recorded denials that could not be judged: no action or no caller is known. */
  readonly unjudgedDenials: number;
  readonly unread: readonly string[];
}

/** Compares the policies of today with a log. */
export interface BackTest extends Replay {
  report(): BackTestReport;
}

interface Open {
  readonly kind: Disagreement["kind"];
  readonly account: string;
  readonly principal: string;
  lead: Judged;
  readonly regions: Set<number>;
  readonly policies: Set<string>;
  count: number;
  first: number;
  last: number;
}

/**
 * Makes a back-test: today's service control policies, replayed over history, must deny what the
 * log says that such policies denied, and nothing that it shows let through. Calls that other kinds
 * of policies denied say nothing either way.
 */
export function createBackTest(options: {
  readonly organization: OrganizationState;
  readonly facts: IamFacts;
  /** Whether the organization's ids are AWS's; they are when not said. */
  readonly idsAreReal?: boolean;
}): BackTest {
  const { organization } = options;
  const chains = organizationChains(organization, organization, "SERVICE_CONTROL_POLICY");
  const assessor = createAssessor({
    ...options,
    chains,
    compare: (of, question) => {
      const answer = ask(of.before, question);
      if (answer === "allowed") return { effect: "same", certain: true };
      return { effect: "denied", certain: answer === "denied" };
    },
  });
  const verdicts = createVerdicts(assessor);
  const found = new Map<string, Open>();
  const recorded = { denied: 0, allowed: 0, undecided: 0 };
  const passed = { denied: 0, allowed: 0, undecided: 0 };
  let unjudgedDenials = 0;

  const {
    coverage,
    span: _,
    ...replay
  } = createReplay(
    assessor,
    verdicts,
    (judged, place, count, first, last, call) => {
      const isRecorded = place.outcome === "denied-by-scp";
      if (judged.kind !== "judged") {
        if (isRecorded) unjudgedDenials += count;
        return;
      }
      if (!isRecorded && place.outcome !== "none") return;
      const { change } = judged;
      const answer = change.effect === "same" ? "allowed" : change.certain ? "denied" : "undecided";
      (isRecorded ? recorded : passed)[answer] += count;
      const kind = disagreementOf(isRecorded, answer);
      if (kind === undefined) return;
      const account = verdicts.text(place.account);
      const principal = verdicts.text(place.principal);
      const id = JSON.stringify([kind, account, principal, judged.checked.action]);
      const row = found.get(id) ?? {
        kind,
        account,
        principal,
        lead: judged,
        regions: new Set<number>(),
        policies: new Set<string>(),
        count: 0,
        first: Number.NaN,
        last: Number.NaN,
      };
      found.set(id, row);
      const isBefore =
        first < row.first ||
        (first === row.first && assessor.signature(judged) < assessor.signature(row.lead));
      if (isBefore) row.lead = judged;
      row.count += count;
      row.regions.add(place.region);
      if (!(first >= row.first)) row.first = first;
      if (!(last <= row.last)) row.last = last;
      const policy = scpDenial(call?.event?.errorMessage)?.policyArn;
      if (policy !== undefined) row.policies.add(policy);
    },
    // The message of a recorded denial may name the policy.
    ({ outcome, verdict }) =>
      outcome === "denied-by-scp" && verdict.assessed.kind === "judged" ? message : noColumns,
  );
  return {
    ...replay,
    report: () => {
      const decided = recorded.denied + recorded.allowed + passed.denied + passed.allowed;
      const all = recorded.denied + recorded.allowed + recorded.undecided;
      return {
        recordedDenials: { ...recorded },
        letThrough: { ...passed },
        ...(all === 0 ? {} : { denialsNamed: recorded.denied / all }),
        ...(decided === 0 ? {} : { agreement: (recorded.denied + passed.allowed) / decided }),
        disagreements: [...found.values()]
          .map((row) => closed(row, verdicts.text))
          .sort(
            (a, b) =>
              disagreements.indexOf(a.kind) - disagreements.indexOf(b.kind) ||
              b.count - a.count ||
              compareTexts(a.principal, b.principal) ||
              compareTexts(a.action, b.action),
          ),
        coverage: coverage(),
        unjudgedDenials,
        unread: chains.unread,
      };
    },
  };
}

const message = ["errorMessage"] as const;
const noColumns = [] as const;

function disagreementOf(
  isRecorded: boolean,
  answer: keyof BackTestCounts,
): Disagreement["kind"] | undefined {
  if (isRecorded)
    return { denied: undefined, allowed: "missed", undecided: "undecided" }[answer] as
      | Disagreement["kind"]
      | undefined;
  return answer === "denied" ? "contradicted" : undefined;
}

function closed(row: Open, text: (number: number) => string): Disagreement {
  const { lead, kind, account, principal, count, first, last } = row;
  return {
    kind,
    account,
    principal,
    action: lead.checked.action,
    count,
    ...(Number.isNaN(first) ? {} : { first: isoTime(first) }),
    ...(Number.isNaN(last) ? {} : { last: isoTime(last) }),
    regions: [...row.regions]
      .map(text)
      .filter((one) => one !== "")
      .sort(compareTexts),
    ...groundsOf(lead.chains.before, lead.question),
    loggedPolicies: [...row.policies].sort(compareTexts),
  };
}
