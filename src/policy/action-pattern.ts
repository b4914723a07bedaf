import { compileGlob, type Glob, globMatches } from "./glob.ts";

/** Whether an action, in lower case, is one of a list of patterns. */
export type ActionTest = (action: string) => boolean;

/** Below this many exact names a search through the array beats a set, and weighs less. */
const smallList = 8;

const everything = /^\*+(?::\*+)?$/;

/** The place of the first `*` or `?`; `-1` when there is none. */
function firstWildcard(pattern: string): number {
  const star = pattern.indexOf("*");
  const mark = pattern.indexOf("?");
  return star < 0 ? mark : mark < 0 ? star : Math.min(star, mark);
}

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
    const colon = pattern.indexOf(":");
    const wildcard = firstWildcard(pattern);
    if (wildcard < 0) {
      if (colon >= 0) exact.push(pattern);
      continue;
    }
    if (everything.test(pattern)) return () => true;
    if (colon < 0 || wildcard < colon) continue;
    let glob = globs.get(pattern);
    if (glob === undefined) {
      glob = compileGlob(pattern);
      globs.set(pattern, glob);
    }
    general.push(glob);
  }
  const names: { has(action: string): boolean } =
    exact.length <= smallList ? { has: (action) => exact.includes(action) } : new Set(exact);
  return (action) => {
    if (names.has(action)) return true;
    for (const glob of general) if (globMatches(glob, action)) return true;
    return false;
  };
}
