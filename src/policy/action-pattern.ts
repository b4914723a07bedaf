import { compileGlob, type Glob, globMatches, literalOf } from "./glob.ts";

/** Whether an action, in lower case, is one of a list of patterns. */
export type ActionTest = (action: string) => boolean;

/** Below this many exact names a search through the array beats a set, and weighs less. */
const smallList = 8;

/**
 * Compiles the patterns of an `Action` or `NotAction` element. Without regard to case; wildcards
 * anywhere in the name of the action. A service prefix has no wildcard (AWS refuses it), so such a
 * pattern matches nothing; `*` and `*:*` match everything.
 */
export function compileActions(
  patterns: readonly string[],
  globs: Map<string, Glob> = new Map(),
): ActionTest {
  const exact: string[] = [];
  const general: Glob[] = [];
  for (const written of patterns) {
    const pattern = written.toLowerCase();
    if (/^\*+(?::\*+)?$/.test(pattern)) return () => true;
    const colon = pattern.indexOf(":");
    if (colon < 0 || /[*?]/.test(pattern.slice(0, colon))) continue;
    if (!/[*?]/.test(pattern)) {
      exact.push(pattern);
      continue;
    }
    let glob = globs.get(pattern);
    if (glob === undefined) {
      glob = compileGlob(pattern);
      globs.set(pattern, glob);
    }
    const literal = literalOf(glob);
    if (literal === undefined) general.push(glob);
    else exact.push(literal);
  }
  const names: { has(action: string): boolean } =
    exact.length <= smallList ? { has: (action) => exact.includes(action) } : new Set(exact);
  return (action) => {
    if (names.has(action)) return true;
    for (const glob of general) if (globMatches(glob, action)) return true;
    return false;
  };
}
