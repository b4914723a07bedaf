import type { OrganizationState } from "../core/snapshot.ts";
import type { IamFacts } from "../policy/iam-facts.ts";
import { createAssessor } from "./assess.ts";
import { type GuardPolicyType, organizationChains } from "./chains.ts";
import { createReplay, type Replay } from "./replay.ts";
import type { ImpactReport } from "./report.ts";
import { createRows } from "./rows.ts";
import { createVerdicts } from "./verdicts.ts";

/** Replays calls, one by one or in groups. */
export interface Impact extends Replay {
  report(): ImpactReport;
}

/**
 * Replays calls through the service or resource control policies of an organization as they are and
 * as they would be, every level of the tree, and collects what would become of whom.
 *
 * A call whose answer changes is `certain` when nothing that its record lacks could make it other.
 */
export function createImpact(options: {
  readonly organization: OrganizationState;
  /** The organization after the change: other policies, attachments, accounts at other places. */
  readonly after: OrganizationState;
  /** `SERVICE_CONTROL_POLICY` when absent. */
  readonly type?: GuardPolicyType;
  readonly facts: IamFacts;
  /** Whether the organization's ids are AWS's; they are when not said. */
  readonly idsAreReal?: boolean;
}): Impact {
  const { organization, after, type = "SERVICE_CONTROL_POLICY" } = options;
  const chains = organizationChains(organization, after, type);
  const assessor = createAssessor({ ...options, chains });
  const verdicts = createVerdicts(assessor);
  const rows = createRows(assessor, verdicts.text);
  const { coverage, span, ...replay } = createReplay(
    assessor,
    verdicts,
    (assessed, place, count, first, last) => {
      if (assessed.kind !== "judged" || assessed.change.effect === "same") return;
      rows.add(assessed, place, count, first, last);
    },
  );
  return {
    ...replay,
    report: () => ({
      type,
      rows: rows.close(),
      coverage: coverage(),
      ...span(),
      withoutAllow: chains.withoutAllow(),
      unread: chains.unread,
      isEnabled: chains.isEnabled,
    }),
  };
}
