import {
  type AnalyzerFindingType,
  accessAnalyzerChecks,
} from "../../data/access-analyzer-checks.ts";
import { checks } from "./registry.gen.ts";

/** What becomes of a check that IAM Access Analyzer publishes. */
export interface AnalyzerCoverage {
  readonly code: string;
  readonly findingType: AnalyzerFindingType;
  /** Who reports it: a check of `lintPolicy`, `parsePolicy`, or nobody. */
  readonly by: "check" | "parser" | "nobody";
  /** Why nobody does, or in what it differs from AWS's. */
  readonly note?: string;
}

/** Codes that `parsePolicy` reports: what is no policy, or not one of its type. */
export const parserCodes: readonly string[] = [
  "DATA_TYPE_MISMATCH",
  "INVALID_EFFECT",
  "INVALID_POLICY_ELEMENT",
  "INVALID_PRINCIPAL_FORMAT",
  "INVALID_PRINCIPAL_KEY",
  "INVALID_VERSION",
  "JSON_SYNTAX_ERROR",
  "MISSING_ACTION",
  "MISSING_EFFECT",
  "MISSING_PRINCIPAL",
  "MISSING_RESOURCE",
  "MISSING_STATEMENT",
  "RCP_SYNTAX_ERROR_ACTION",
  "RCP_SYNTAX_ERROR_ALLOW",
  "RCP_SYNTAX_ERROR_NOTACTION",
  "RCP_SYNTAX_ERROR_PRINCIPAL",
  "SCP_SYNTAX_ERROR_PRINCIPAL",
  "UNSUPPORTED_ELEMENT_COMBINATION",
  "UNSUPPORTED_PRINCIPAL",
];

/** Codes that nobody reports, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  DEPRECATED_GLOBAL_CONDITION_KEY:
    "AWS names one key, `aws:ARN`, which is reported as `UNSUPPORTED_GLOBAL_CONDITION_KEY`, an error",
  SCP_SYNTAX_ERROR_ACTION_WILDCARD:
    "no mistake any more: since September 2025 service control policies take wildcards anywhere in an action",
};

/** In what checks differ from AWS's. */
const notes: Readonly<Record<string, string>> = {
  CONFIRM_AUDIENCE_CLAIM_TYPE:
    "of `ForAllValues`; `ForAnyValue` is `FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE`",
  INVALID_KMS_KEY_VALUE:
    "AWS does not publish which keys it looks at; those of KMS keys whose type is ARN are checked",
  MISSING_ACTION_FOR_CONDITION_KEY:
    "AWS does not publish its list; by the Service Authorization Reference, where at most three actions carry the key and the statement names none of them",
  MISSING_GITHUB_REPO_CONDITION_KEY:
    "a condition that lets other owners in, such as `repo:*`, is reported too",
  RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY:
    "where the condition matches a request that lacks the key; others never reach services",
  RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY:
    "where the condition matches a request that lacks the key",
  RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK:
    "where the condition matches a request that lacks the key",
  STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS: "where a value has a wildcard",
  UNSUPPORTED_ACTION_IN_POLICY: "with `--resource-type`, the option `resourceType` of `lintPolicy`",
  UNSUPPORTED_RESOURCE_ARN_IN_POLICY:
    "with `--resource-type`, the option `resourceType` of `lintPolicy`",
  VARIABLE_USAGE_TOO_PERMISSIVE:
    "of variables that hold tags; AWS does not publish for which keys it wants six characters before a variable",
  WILDCARD_USAGE_TOO_PERMISSIVE:
    "of sensitive keys and `aws:userid`; AWS does not publish for which other keys it wants six characters before a wildcard",
};

/** Every check that IAM Access Analyzer publishes, and who reports it here. */
export function analyzerCoverage(): readonly AnalyzerCoverage[] {
  const checked = new Set(checks.map(({ code }) => code));
  return Object.entries(accessAnalyzerChecks.codes).flatMap(([type, codes]) =>
    codes.map((code): AnalyzerCoverage => {
      const findingType = type as AnalyzerFindingType;
      const by = checked.has(code) ? "check" : parserCodes.includes(code) ? "parser" : "nobody";
      const note = leftOut[code] ?? notes[code];
      return { code, findingType, by, ...(note === undefined ? {} : { note }) };
    }),
  );
}
