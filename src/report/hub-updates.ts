import type { AwsSecurityFinding } from "@aws-sdk/client-securityhub";
import type { Finding } from "../core/finding.ts";
import { exceptionText } from "./exception-text.ts";
import type { FindingTool } from "./finding-rule.ts";
import { type AsffHub, asffFinding } from "./findings-asff.ts";

/** What an audit found, and what is in Security Hub of the audit before. */
export interface HubInput {
  readonly findings: readonly Finding[];
  readonly known: readonly AwsSecurityFinding[];
  readonly tool: FindingTool;
  readonly hub: AsffHub;
  /** When the snapshot was taken; ISO 8601. */
  readonly observedAt: string;
  /** Ids of the rules that ran over the whole organization: what they do not find is gone. */
  readonly wholeRules: ReadonlySet<string>;
}

/** What has to be sent, so that Security Hub says what the audit does. */
export interface HubUpdates {
  /** New ones, those that are found again, and those that are over. */
  readonly imports: readonly AwsSecurityFinding[];
  readonly created: number;
  readonly updated: number;
  /** Those that are over: it passes now, or the thing is gone. */
  readonly resolved: number;
  /** Left as they are: it is not known now, or a later audit was sent already. */
  readonly kept: number;
  /** Of those that were there: accepted since, with the note to be written. */
  readonly suppressed: readonly { readonly finding: AwsSecurityFinding; readonly note: string }[];
  /** Of those that were suppressed for an exception that is over. */
  readonly reopened: readonly AwsSecurityFinding[];
}

/** Longest note that Security Hub takes. */
const mostNote = 512;

/** By whom notes are signed. */
export const hubNoteAuthor = "orgrail";

/**
 * Compares an audit with Security Hub. What fails is imported; what passes is imported only where
 * it failed before, as over. What is not known now takes nothing back: the finding stays.
 */
export function hubUpdates(input: HubInput): HubUpdates {
  const { findings, known, tool, hub, observedAt, wholeRules } = input;
  const before = new Map(known.map((one) => [one.Id ?? "", one]));
  const imports: AwsSecurityFinding[] = [];
  const suppressed: { finding: AwsSecurityFinding; note: string }[] = [];
  const reopened: AwsSecurityFinding[] = [];
  const counts = { created: 0, updated: 0, resolved: 0, kept: 0 };
  const seen = new Set<string>();
  const isOpen = openPlaces(findings);
  const over = (finding: AwsSecurityFinding): void => {
    counts.resolved += 1;
    imports.push({ ...finding, RecordState: "ARCHIVED", Workflow: { Status: "RESOLVED" } });
  };
  for (const finding of findings) {
    const made = { ...asffFinding(finding, tool, hub), UpdatedAt: tool.writtenAt };
    const id = made.Id ?? "";
    seen.add(id);
    const old = before.get(id);
    if (old !== undefined && isLater(old, observedAt)) {
      counts.kept += 1;
      continue;
    }
    const dated = {
      ...made,
      CreatedAt: old?.CreatedAt ?? made.CreatedAt,
      FirstObservedAt: old?.FirstObservedAt ?? observedAt,
      LastObservedAt: observedAt,
    };
    if (finding.status === "fail") {
      imports.push(dated);
      if (old === undefined) {
        counts.created += 1;
        continue;
      }
      counts.updated += 1;
      const isSuppressed = old.Workflow?.Status === "SUPPRESSED";
      if (finding.exception !== undefined && !isSuppressed) {
        suppressed.push({
          finding: old,
          note: exceptionText(finding.exception).slice(0, mostNote),
        });
      }
      if (finding.exception === undefined && isSuppressed && isOurs(old)) reopened.push(old);
    } else if (old !== undefined) {
      if (finding.status === "unknown") counts.kept += 1;
      else over(dated);
    }
  }
  for (const [id, old] of before) {
    if (seen.has(id)) continue;
    const rule = (old.GeneratorId ?? "").replace(/^orgrail\//, "");
    const account = old.ProductFields?.["orgrail/account"];
    if (!wholeRules.has(rule) || isLater(old, observedAt) || isOpen(rule, account)) {
      counts.kept += 1;
      continue;
    }
    over({ ...importable(old), UpdatedAt: tool.writtenAt, LastObservedAt: observedAt });
  }
  return { imports, ...counts, suppressed, reopened };
}

/**
 * Whether a rule has no answer now for an account: one that was not read is one finding, where there
 * was one for each of its Regions before.
 */
function openPlaces(
  findings: readonly Finding[],
): (rule: string, account: string | undefined) => boolean {
  const open = new Set<string>();
  for (const { rule, status, account } of findings) {
    if (status === "unknown") open.add(`${rule} ${account ?? ""}`);
  }
  return (rule, account) => open.has(`${rule} `) || open.has(`${rule} ${account ?? ""}`);
}

/** Whether a later audit than this one has been sent. */
function isLater({ LastObservedAt }: AwsSecurityFinding, observedAt: string): boolean {
  return LastObservedAt !== undefined && Date.parse(LastObservedAt) > Date.parse(observedAt);
}

/** A suppression that an audit wrote and nobody changed since; one by a person is left alone. */
function isOurs({ Note }: AwsSecurityFinding): boolean {
  return Note === undefined || Note.UpdatedBy === hubNoteAuthor;
}

/** A finding as Security Hub gives it, without what it added itself. */
function importable(finding: AwsSecurityFinding): AwsSecurityFinding {
  const {
    ProductName: _1,
    CompanyName: _2,
    Region: _3,
    ProcessedAt: _4,
    WorkflowState: _5,
    Note: _6,
    UserDefinedFields: _7,
    VerificationState: _8,
    AwsAccountName: _9,
    ...rest
  } = finding;
  const own = Object.entries(rest.ProductFields ?? {}).filter(([name]) => !name.startsWith("aws/"));
  return {
    ...rest,
    ProductFields: Object.fromEntries(own),
    Compliance: { Status: "NOT_AVAILABLE" },
  };
}
