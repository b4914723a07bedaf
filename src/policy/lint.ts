import type { Diagnostic } from "../core/diagnostic.ts";
import { isManagementPolicyType } from "../core/policy-type.ts";
import { iamActions } from "../data/iam-actions.gen.ts";
import { iamLintFacts } from "../data/iam-lint-facts.ts";
import { type ResourceType, resourceTypes } from "../data/resource-policy-types.ts";
import { type IamFacts, iamFacts } from "./iam-facts.ts";
import { managementPolicySize } from "./inheritance-size.ts";
import { validateManagementPolicy } from "./inheritance-validate.ts";
import type { CheckDescription, Finding, LevelContext, LevelFinding } from "./lint/check.ts";
import { checks, levelChecks } from "./lint/registry.gen.ts";
import { isSoundForChecks } from "./sound-document.ts";
import { soundLevels } from "./sound-input.ts";
import { isRecord } from "./sound-policy.ts";
import type { Level, Policy, TextRange } from "./types.ts";

/** What {@link lintPolicy} and {@link lintLevels} take beside the policies. */
export interface LintOptions {
  /** Services, actions and condition keys; the generated data when absent. */
  readonly facts?: IamFacts;
  /** Codes that are not reported. */
  readonly allow?: readonly string[];
  /** For the spans. */
  readonly file?: string;
  /** What a resource policy is attached to, by the name that CloudFormation has for it. */
  readonly resourceType?: ResourceType;
}

/** What {@link lintLevels} takes beside the levels. */
export interface LintLevelsOptions extends LintOptions {
  readonly managementAccountId?: string;
  /** The type of the policies; that of the first policy when absent. */
  readonly type?: LevelContext["type"];
}

/** A diagnostic that says at which level, and in which policy. */
export interface LevelDiagnostic extends Diagnostic {
  readonly level: string;
  readonly policy?: string;
}

/** Findings of one check that are listed; the rest is counted. */
const mostFindings = 50;

/**
 * Checks a policy by IAM Access Analyzer's rules and by those for the policies of organizations.
 *
 * What the parser reports (JSON, missing elements, what a type does not allow) is not reported
 * again. A document many times longer than any policy of AWS is reported for its size only. Never
 * throws: what is no policy of `parsePolicy` is reported as that.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function lintPolicy(policy: Policy, given: LintOptions = {}): Diagnostic[] {
  const options = soundOptions(given);
  if (!isSoundForChecks(policy)) return [notParsed()];
  if (isManagementPolicyType(policy.type)) {
    const found = [
      ...managementPolicySize(policy.type, policy),
      ...validateManagementPolicy(policy.type, policy.document),
    ];
    return found
      .filter(({ code }) => options.allow?.includes(code) !== true)
      .map((diagnostic) => ({
        ...diagnostic,
        ...(diagnostic.span === undefined ? {} : spanOf(diagnostic.span, options)),
      }));
  }
  const facts = options.facts ?? defaultFacts;
  const { resourceType } = options;
  const context =
    resourceType !== undefined && resourceTypes.includes(resourceType) ? { resourceType } : {};
  const isTooLong = policy.size.minified > iamLintFacts.longestLinted;
  const diagnostics: Diagnostic[] = [];
  for (const check of checks) {
    if (!(check.types as readonly string[]).includes(policy.type)) continue;
    if (options.allow?.includes(check.code) === true) continue;
    if (isTooLong && !check.code.startsWith("POLICY_SIZE_")) continue;
    collect(
      check.check(policy, facts, context),
      (finding) => {
        diagnostics.push(diagnostic(check, finding, options));
      },
      (count) => {
        diagnostics.push(rest(check, count));
      },
    );
  }
  return diagnostics.sort((a, b) => (a.span?.start.offset ?? 0) - (b.span?.start.offset ?? 0));
}

/**
 * Checks the policies on the way from the root to an account: what no policy shows by itself.
 *
 * @param levels root first, account last, of policies of one type
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function lintLevels(
  given: readonly Level[],
  givenOptions: LintLevelsOptions = {},
): LevelDiagnostic[] {
  const options = soundOptions(givenOptions);
  const diagnostics: LevelDiagnostic[] = [];
  const levels = soundLevels(given, "SERVICE_CONTROL_POLICY") ?? [];
  for (const level of levels) {
    if (level.policies.every(isSoundForChecks)) continue;
    diagnostics.push({ ...notParsed(), level: level.id });
  }
  // What a policy that nobody could read allows or denies is not known: no other check can judge.
  if (diagnostics.length > 0) return diagnostics;
  const first = levels.flatMap(({ policies }) => policies)[0]?.type;
  const type =
    options.type ??
    (first === "RESOURCE_CONTROL_POLICY" ? "RESOURCE_CONTROL_POLICY" : "SERVICE_CONTROL_POLICY");
  const { managementAccountId } = options;
  const context: LevelContext = {
    type,
    facts: options.facts ?? defaultFacts,
    ...(managementAccountId === undefined ? {} : { managementAccountId }),
  };
  for (const check of levelChecks) {
    if (!check.types.includes(type) || options.allow?.includes(check.code) === true) continue;
    collect<LevelFinding>(
      check.check(levels, context),
      (finding) => {
        const { level, policy, at } = finding;
        diagnostics.push({
          ...diagnostic(check, { ...finding, ...(at === undefined ? {} : { at }) }, options),
          level,
          ...(policy?.name === undefined ? {} : { policy: policy.name }),
        });
      },
      (count) => {
        diagnostics.push({ ...rest(check, count), level: levels.at(-1)?.id ?? "" });
      },
    );
  }
  return diagnostics;
}

function soundOptions<T extends LintOptions>(options: T): T | Record<string, never> {
  return isRecord(options) ? options : {};
}

function notParsed(): Diagnostic {
  return {
    severity: "error",
    code: "ORGRAIL6903",
    summary: "this is no policy that `parsePolicy` gave",
    help: "parse the document, and check what was found there before its policy",
  };
}

/** INVARIANT: a function of generated data only; what it remembers of it decodes it once. */
const defaultFacts: IamFacts = iamFacts(iamActions);

function collect<T>(
  findings: Iterable<T>,
  add: (finding: T) => void,
  addRest: (count: number) => void,
): void {
  let count = 0;
  for (const finding of findings) if (count++ < mostFindings) add(finding);
  if (count > mostFindings) addRest(count - mostFindings);
}

function diagnostic(
  check: CheckDescription,
  finding: Pick<Finding, "summary" | "help"> & { readonly at?: TextRange },
  options: LintOptions,
): Diagnostic {
  return {
    severity: check.severity,
    code: check.code,
    summary: finding.summary,
    detail: check.why,
    help: finding.help ?? check.remedy,
    ...(finding.at === undefined ? {} : spanOf(finding.at, options)),
  };
}

function rest(check: CheckDescription, count: number): Diagnostic {
  const { severity, code } = check;
  return { severity, code, summary: `${count} more of these are not listed`, detail: check.why };
}

function spanOf({ start, end }: TextRange, { file }: LintOptions): Pick<Diagnostic, "span"> {
  return { span: { ...(file === undefined ? {} : { file }), start, end } };
}
