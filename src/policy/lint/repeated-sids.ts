import type { Policy } from "../types.ts";
import type { Finding } from "./check.ts";
import { quote } from "./elements.ts";

/** Statements whose id an earlier statement has. */
export function* repeatedSids({ statements }: Policy): Iterable<Finding> {
  const seen = new Set<string>();
  for (const { sid } of statements) {
    if (sid === undefined || sid.value === "") continue;
    if (seen.has(sid.value)) {
      yield { at: sid, summary: `statement id ${quote(sid.value)} occurs more than once` };
    }
    seen.add(sid.value);
  }
}
