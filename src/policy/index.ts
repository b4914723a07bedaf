export type { Guardrails } from "./compile.ts";
export { compile } from "./compile.ts";
export type { CompileInput, GuardKind } from "./guard.ts";
export type { ParseOptions, ParseResult } from "./parse.ts";
export { parsePolicy } from "./parse.ts";
export type * from "./types.ts";
