import type { Verdict } from "../core/service-coverage.ts";

/** What a verdict is worth when it was read too long ago. What was never known stays unknown. */
export function staleVerdict(found: Verdict, ageMs: number): Verdict {
  if (found.state === "unknown" || found.state === "not-applicable") return found;
  const hours = Math.floor(ageMs / 3_600_000);
  const age = hours >= 48 ? `${Math.floor(hours / 24)} days` : `${hours} hours`;
  return { ...found, state: "stale", reason: `${found.state} ${age} ago: ${found.reason}` };
}
