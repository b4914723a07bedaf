import { suggest } from "../../config/suggest.ts";
import { InputError } from "../../core/app-error.ts";
import { detectRules } from "../../detect/registry.gen.ts";
import type { DetectRule } from "../../detect/rule.ts";
import { compileGlob, globMatches } from "../../policy/glob.ts";

/** The rules over events that patterns name; all when there is none. Throws ORGRAIL5300. */
export function chosenRules(patterns: readonly string[]): readonly DetectRule[] {
  if (patterns.length === 0) return detectRules;
  const chosen = new Set<string>();
  for (const pattern of patterns) {
    const glob = compileGlob(pattern);
    const found = detectRules.filter(({ id }) => globMatches(glob, id));
    if (found.length === 0) {
      const ids = detectRules.map(({ id }) => id);
      const meant = suggest(pattern, ids);
      throw new InputError(
        "ORGRAIL5300",
        `there is no rule \`${pattern}\``,
        [],
        meant === undefined ? "docs/detect/rules.md lists them" : `did you mean \`${meant}\`?`,
      );
    }
    for (const { id } of found) chosen.add(id);
  }
  return detectRules.filter(({ id }) => chosen.has(id));
}
