export type { ParseOptions, ParseResult } from "./parse.ts";
export { parsePolicy } from "./parse.ts";
export type * from "./types.ts";
