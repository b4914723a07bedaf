import type { ExitCodeName } from "../../core/app-error.ts";
import { type ApplyReport, outcomeStatuses } from "../../engine/apply-report.ts";
import type { Outcome } from "../command.ts";
import { count } from "../progress.ts";
import { counted } from "../words.ts";
import type { Converged } from "./check-again.ts";
import type { Work } from "./choose-work.ts";

const words: Readonly<Record<(typeof outcomeStatuses)[number], string>> = {
  done: "done",
  already: "as wanted already",
  refused: "refused because the world has moved",
  failed: "failed",
  skipped: "skipped",
  pending: "not begun or not settled",
};

/** What an apply says when it is over. */
export function applyOutcome(report: ApplyReport, work: Work, converged: Converged): Outcome {
  const { counts, outcomes, stoppedBy, interrupted } = report;
  const next = nextStep(report, converged);
  return {
    result: {
      organizationId: report.organizationId,
      startedAt: report.startedAt,
      endedAt: report.endedAt,
      counts,
      interrupted,
      converged: converged.state === "unknown" ? null : converged.state === "yes",
      stoppedBy:
        stoppedBy === undefined ? null : { code: stoppedBy.code, message: stoppedBy.message },
      outcomes: outcomes.map(({ change, ...outcome }) => ({
        change: change.id,
        address: change.address,
        operation: change.operation,
        action: change.action,
        risk: change.risk,
        reason: change.reason,
        ...(change.account === undefined ? {} : { account: change.account }),
        ...(change.span === undefined ? {} : { span: change.span }),
        ...outcome,
      })),
    },
    gaps: converged.gaps,
    diagnostics: work.diagnostics,
    alreadySaid: ["diagnostics"],
    exit: exitOf(report, converged),
    text: () => summary(report, converged),
    ...(next === undefined ? {} : { next }),
  };
}

function exitOf(report: ApplyReport, converged: Converged): ExitCodeName {
  if (report.interrupted) return "interrupted";
  if (report.stoppedBy !== undefined) return report.stoppedBy.exit;
  const left = report.outcomes.filter(({ status }) => status !== "done" && status !== "already");
  // What one account or Region refuses is a gap in what was done everywhere else.
  if (left.length > 0) {
    const isLocal = left.every(
      ({ change }) => change.workIn !== undefined || change.region !== undefined,
    );
    return isLocal ? "gaps" : "failure";
  }
  if (converged.state === "no") return "failure";
  return converged.gaps.length > 0 ? "gaps" : "done";
}

function summary({ counts, stoppedBy }: ApplyReport, converged: Converged): string {
  const parts = outcomeStatuses
    .filter((status) => counts[status] > 0 || status === "done")
    .map((status) => `${count(counts[status])} ${words[status]}`);
  const lines = [`Applied: ${parts.join(", ")}.`];
  if (stoppedBy !== undefined) lines.push(`Stopped: ${stoppedBy.message}`);
  if (converged.state === "yes")
    lines.push("Read again: the organization is as the file wants it.");
  if (converged.state === "no") {
    const { differences } = converged;
    const are = differences === 1 ? "is" : "are";
    lines.push(`Read again: ${counted(differences, "difference")} to the file ${are} left.`);
  }
  if (converged.state === "unknown" && converged.gaps.length > 0) {
    const failed = counted(converged.gaps.length, "read");
    lines.push(`Read again: as the file wants it as far as could be read; ${failed} failed.`);
  }
  return lines.join("\n");
}

function nextStep(report: ApplyReport, converged: Converged): string | undefined {
  const { refused, failed, skipped, pending } = report.counts;
  if (pending > 0) {
    return "Nothing is lost: `orgrail apply --resume` goes on where this stopped.";
  }
  if (refused > 0) {
    return "Somebody else changed what was refused. Next: `orgrail plan` shows what is left to do.";
  }
  if (failed + skipped > 0) return "Next: mend what failed, then `orgrail apply` does the rest.";
  return converged.state === "no" ? "Next: `orgrail plan` shows what is left." : undefined;
}
