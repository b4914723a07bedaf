import { expiredAuditExceptions } from "../../../audit/exceptions.ts";
import { pathsAbove } from "../../../audit/kinds/paths.ts";
import { auditRules } from "../../../audit/registry.gen.ts";
import type { AuditRule } from "../../../audit/rule.ts";
import { runAudit } from "../../../audit/run-audit.ts";
import { suggest } from "../../../config/suggest.ts";
import { InputError } from "../../../core/app-error.ts";
import type { Diagnostic } from "../../../core/diagnostic.ts";
import { type Finding, findingStatuses, severities } from "../../../core/finding.ts";
import type { OrganizationState } from "../../../core/snapshot.ts";
import { compileGlob, globMatches } from "../../../policy/glob.ts";
import { renderAudit } from "../../../report/audit-text.ts";
import { findingTotals } from "../../../report/finding-totals.ts";
import type { Run } from "../../command.ts";
import { readConfigIfAny } from "../../events/config-if-any.ts";
import { hubOf } from "../../events/write-findings.ts";
import { savedSnapshot } from "../../snapshots/load-snapshots.ts";
import type { AuditOptions } from "./audit.command.ts";
import { readForAudit } from "./read-for-audit.ts";
import { type SentAudit, sendAudit } from "./send-audit.ts";
import { writeAudit } from "./write-audit.ts";

/** Runs the rules over a snapshot. */
export const run: Run<AuditOptions> = async (deps, options) => {
  const { format = "text" } = options;
  const rules = chosenRules(options);
  const statuses = chosenStatuses(options.status);
  if (format === "asff") hubOf(options.hub);
  const config = await readConfigIfAny(deps, options);
  const now = deps.clock.now();
  const snapshot =
    (await savedSnapshot(deps, options)) ?? (await readForAudit(deps, config, options.tier));
  const desired = config?.desired;
  const report = runAudit({
    rules,
    snapshot,
    nowMs: now,
    ...(desired === undefined ? {} : { desired }),
  });
  const isChosen = chosenAccounts(snapshot.organization, options);
  const findings = report.findings.filter((one) => isChosen(one) && statuses.has(one.status));
  const expired = expiredAuditExceptions(desired?.audit?.exceptions ?? [], now);
  const diagnostics: readonly Diagnostic[] = [
    ...(config?.diagnostics ?? []),
    ...expired.map(
      ({ rule, owner, expires, span }): Diagnostic => ({
        severity: "warning",
        code: "ORGRAIL5421",
        summary: `the exception of \`${rule}\` by ${owner} expired on ${expires}`,
        help: "remove it, or give it a new day if it is still accepted",
        span,
      }),
    ),
    ...report.faults.map(
      ({ rule, message }): Diagnostic => ({
        severity: "error",
        code: "ORGRAIL5422",
        summary: `the rule \`${rule}\` failed: ${message}`,
        help: "this is a defect of orgrail: please report it; the other rules went on",
      }),
    ),
  ];
  const isWhole = options.account.length + options.ou.length === 0;
  const sent =
    options.send === undefined
      ? undefined
      : await sendAudit(deps, {
          // Statuses choose what is shown; what is sent has to know what passes.
          findings: report.findings.filter(isChosen),
          snapshot,
          config,
          hub: options.hub,
          rules: rules.filter(({ id }) => !report.faults.some(({ rule }) => rule === id)),
          isWhole,
        });
  const limit = options.failOn === undefined ? -1 : rank(options.failOn);
  const isBad = ({ status, severity, exception }: Finding): boolean =>
    status === "fail" && exception === undefined && rank(severity) <= limit;
  const outcome = {
    result: {
      findings,
      totals: findingTotals(findings),
      rules: rules.length,
      expiredExceptions: expired.length,
      takenAt: snapshot.takenAt,
      ...(sent === undefined ? {} : { sent: withoutText(sent) }),
    },
    gaps: snapshot.gaps,
    diagnostics: [...diagnostics, ...(sent?.diagnostics ?? [])],
    exit:
      report.faults.length > 0 || (sent?.unsent.length ?? 0) > 0
        ? "failure"
        : findings.some(isBad)
          ? "differences"
          : snapshot.gaps.length > 0
            ? "gaps"
            : "done",
  } as const;
  if (format !== "text" && !deps.global.json) {
    writeAudit(deps, findings, {
      format,
      hub: options.hub,
      rules,
      at: new Date(now),
      about: { organizationId: snapshot.organization.id, takenAt: snapshot.takenAt },
    });
    return { ...outcome, written: true };
  }
  const { paint, stdout } = deps;
  return {
    ...outcome,
    text: () => {
      const style = { color: paint.isColorSupported, width: stdout.columns };
      const shown = renderAudit(findings, style).trimEnd();
      return sent === undefined ? shown : `${shown}\n\n${sent.text}`;
    },
  };
};

function withoutText({
  text: _,
  diagnostics: __,
  ...rest
}: SentAudit): Omit<SentAudit, "text" | "diagnostics"> {
  return rest;
}

function rank(severity: string): number {
  return (severities as readonly string[]).indexOf(severity);
}

function chosenRules({ rule, severity, framework }: AuditOptions): readonly AuditRule[] {
  for (const pattern of rule) {
    if (auditRules.some(({ id }) => globMatches(compileGlob(pattern), id))) continue;
    const meant = suggest(
      pattern,
      auditRules.map(({ id }) => id),
    );
    throw new InputError(
      "ORGRAIL5420",
      `there is no rule \`${pattern}\``,
      [],
      meant === undefined ? "docs/audit/rules.md lists them" : `did you mean \`${meant}\`?`,
    );
  }
  const globs = rule.map((pattern) => compileGlob(pattern));
  const limit = severity === undefined ? severities.length : rank(severity);
  return auditRules.filter(
    (one) =>
      (globs.length === 0 || globs.some((glob) => globMatches(glob, one.id))) &&
      rank(one.severity) <= limit &&
      (framework === undefined || Object.hasOwn(one.compliance, framework)),
  );
}

function chosenStatuses(wanted: readonly string[]): ReadonlySet<string> {
  const known: readonly string[] = findingStatuses;
  const bad = wanted.find((one) => !known.includes(one));
  if (bad !== undefined) {
    const help = `the statuses are ${known.join(", ")}`;
    throw new InputError("ORGRAIL5423", `there is no status \`${bad}\``, [], help);
  }
  return new Set(wanted.length === 0 ? known : wanted);
}

/** Which findings are about the accounts that the options name; all when they name none. */
function chosenAccounts(
  organization: OrganizationState,
  { account, ou }: AuditOptions,
): (finding: Finding) => boolean {
  if (account.length + ou.length === 0) return () => true;
  const { accounts, organizationalUnits } = organization;
  const find = (kind: string, name: string, list: readonly { id: string; name: string }[]) => {
    const found = list.filter((one) => one.id === name || one.name === name);
    if (found.length > 0) return found.map(({ id }) => id);
    const meant = suggest(
      name,
      list.map((one) => one.name),
    );
    const help = meant === undefined ? "write its name or its id" : `did you mean \`${meant}\`?`;
    throw new InputError("ORGRAIL5424", `there is no ${kind} \`${name}\``, [], help);
  };
  const ids = new Set(account.flatMap((name) => find("account", name, accounts)));
  const units = new Set(ou.flatMap((name) => find("unit", name, organizationalUnits)));
  const above = pathsAbove(organization);
  const chosen = new Set(
    accounts
      .filter(({ id }) => ids.has(id) || above(id).some((place) => units.has(place)))
      .map(({ id }) => id),
  );
  return (finding) => finding.account !== undefined && chosen.has(finding.account);
}
