export type { ResourceType } from "../data/resource-policy-types.ts";
export type { Guardrails } from "./compile.ts";
export { compile } from "./compile.ts";
export type {
  Explanation,
  GuardExplanation,
  StatementExplanation,
  StatementPlace,
  StatementReference,
} from "./explanation.ts";
export type { CompileInput, GuardKind } from "./guard.ts";
export type { EffectivePolicy, ManagementLevel } from "./inheritance.ts";
export { effectivePolicy } from "./inheritance.ts";
export type { LevelDiagnostic, LintLevelsOptions, LintOptions } from "./lint.ts";
export { lintLevels, lintPolicy } from "./lint.ts";
export type { ParseOptions, ParseResult } from "./parse.ts";
export { parsePolicy } from "./parse.ts";
export type * from "./types.ts";
