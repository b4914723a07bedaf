import type { Finding } from "../core/finding.ts";
import type { FindingTool } from "./finding-rule.ts";

/**
 * When it happened, in milliseconds since the epoch; when it was written for a finding whose time is
 * missing or is none: logs hold what somebody put into them.
 */
export function findingTimeMs(finding: Finding, tool: FindingTool): number {
  const time = Date.parse(finding.time);
  return Number.isNaN(time) ? Date.parse(tool.writtenAt) : time;
}
