import type { Finding } from "../core/finding.ts";

/** Why something is accepted, by whom and until when: `moving, accepted by ops until 2026-12-31`. */
export function exceptionText({
  reason,
  owner,
  expires,
}: NonNullable<Finding["exception"]>): string {
  if (owner === undefined && expires === undefined) return reason;
  const who = owner === undefined ? "" : ` by ${owner}`;
  const until = expires === undefined ? "" : ` until ${expires}`;
  return `${reason}, accepted${who}${until}`;
}
