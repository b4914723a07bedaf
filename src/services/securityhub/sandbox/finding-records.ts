import type { AwsSecurityFinding } from "@aws-sdk/client-securityhub";
import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { securityHubFacts } from "../../../data/securityhub.ts";
import type { Slot, World } from "../../../sandbox/world.ts";

/** A finding as Security Hub keeps it. */
export interface FindingRecord {
  readonly finding: AwsSecurityFinding;
  /** When Security Hub last took it, in milliseconds. */
  readonly processedAt: number;
}

/** Findings of an account in a Region, by product and id. */
interface Findings {
  readonly byKey: Map<string, FindingRecord>;
}

const slot: Slot<Findings> = {
  name: "securityhub-findings",
  scope: "region",
  init: () => ({ byKey: new Map() }),
};

const dayMs = 86_400_000;

/** Findings of an account in a Region, without those that Security Hub has let go by now. */
export function findingsOf(
  world: World,
  account: AccountId,
  region: RegionName,
): Map<string, FindingRecord> {
  const { byKey } = world.state(slot, account, region);
  const { keptDays, archivedKeptDays } = securityHubFacts.findings;
  for (const [key, { finding, processedAt }] of byKey) {
    const days = finding.RecordState === "ARCHIVED" ? archivedKeptDays : keptDays;
    if (world.clock.now() - processedAt > days * dayMs) byKey.delete(key);
  }
  return byKey;
}

/** By what a finding is told from others. */
export function findingKey(productArn: string | undefined, id: string | undefined): string {
  return `${productArn}\n${id}`;
}
