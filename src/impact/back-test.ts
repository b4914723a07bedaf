import type { OrganizationState } from "../core/snapshot.ts";
import type { IamFacts } from "../policy/iam-facts.ts";
import { createAssessor } from "./assess.ts";
import { type Call, scpDenial } from "./call.ts";
import { organizationChains } from "./chains.ts";
import { ask, groundsOf } from "./judge.ts";
import type { Coverage } from "./report.ts";
import { compareTexts, coverageTally, widen } from "./tally.ts";

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
  /** The policy that the log names. */
  readonly loggedPolicy?: string;
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
export interface BackTest {
  add(call: Call): void;
  report(): BackTestReport;
}

type Open = { -readonly [member in keyof Disagreement]: Disagreement[member] } & {
  readonly seen: Set<string>;
};

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
  const chains = organizationChains(options.organization, []);
  const assessor = createAssessor({
    ...options,
    chains,
    compare: (of, question) => {
      const answer = ask(of.before, question);
      if (answer === "allowed") return { effect: "same", certain: true };
      return { effect: "denied", certain: answer === "denied" };
    },
  });
  const tally = coverageTally();
  const found = new Map<string, Open>();
  const recorded = { denied: 0, allowed: 0, undecided: 0 };
  const passed = { denied: 0, allowed: 0, undecided: 0 };
  let unjudgedDenials = 0;

  return {
    add: (call) => {
      const { outcome } = call.key;
      const isRecorded = outcome === "denied-by-scp";
      const assessed = assessor.assess(call);
      if (assessed.kind !== "judged") {
        tally.add(call, assessed.kind, assessed.reason);
        if (isRecorded) unjudgedDenials += call.count;
        return;
      }
      tally.add(call, "judged");
      if (!isRecorded && outcome !== "none") return;
      const { change, standing } = assessed;
      const answer = change.effect === "same" ? "allowed" : change.certain ? "denied" : "undecided";
      (isRecorded ? recorded : passed)[answer] += call.count;
      const kind =
        answer === "undecided"
          ? isRecorded
            ? "undecided"
            : undefined
          : isRecorded
            ? answer === "allowed"
              ? "missed"
              : undefined
            : answer === "denied"
              ? "contradicted"
              : undefined;
      if (kind === undefined) return;
      const { question } = assessed;
      const { action } = question.checked;
      const { account, principal } = standing;
      const id = JSON.stringify([kind, account, principal, action]);
      let row = found.get(id);
      if (row === undefined) {
        const policy = scpDenial(call.event?.errorMessage)?.policyArn;
        row = {
          kind,
          account,
          principal,
          action,
          count: 0,
          regions: [],
          ...groundsOf(assessed.chains.before, question),
          ...(policy === undefined ? {} : { loggedPolicy: policy }),
          seen: new Set(),
        };
        found.set(id, row);
      }
      row.count += call.count;
      if (call.key.awsRegion !== undefined) row.seen.add(call.key.awsRegion);
      widen(row, call);
    },
    report: () => {
      const decided = recorded.denied + recorded.allowed + passed.denied + passed.allowed;
      const all = recorded.denied + recorded.allowed + recorded.undecided;
      return {
        recordedDenials: { ...recorded },
        letThrough: { ...passed },
        ...(all === 0 ? {} : { denialsNamed: recorded.denied / all }),
        ...(decided === 0 ? {} : { agreement: (recorded.denied + passed.allowed) / decided }),
        disagreements: [...found.values()]
          .map(({ seen, ...row }) => ({ ...row, regions: [...seen].sort(compareTexts) }))
          .sort(
            (a, b) =>
              disagreements.indexOf(a.kind) - disagreements.indexOf(b.kind) ||
              b.count - a.count ||
              compareTexts(a.principal, b.principal) ||
              compareTexts(a.action, b.action),
          ),
        coverage: tally.coverage(),
        unjudgedDenials,
        unread: chains.unread,
      };
    },
  };
}
