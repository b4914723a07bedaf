/** What formats say of the rule that made a finding. */
export interface FindingRule {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly helpUri?: string;
}

/** Who writes findings, as formats name it. */
export interface FindingTool {
  readonly version: string;
  /** ISO 8601; stands in for the time of a finding that has none. */
  readonly writtenAt: string;
  /** Events are detections, states of things are compliance. */
  readonly kind: "detection" | "compliance";
}
