import type { JsonObject } from "../core/json.ts";
import type { OrganizationAccountState, Snapshot } from "../core/snapshot.ts";

/** A snapshot of so many accounts below the root that joined a day before, for tests and benches. */
export function exampleSnapshot(
  count: number,
  services: Readonly<Record<string, JsonObject>>,
  regions: readonly string[],
): Snapshot {
  const accounts = Array.from({ length: count }, (_, index): OrganizationAccountState => {
    const id = String(100_000_000_001 + index);
    return {
      id,
      arn: `arn:aws:organizations::100000000001:account/o-exampleorgid/${id}`,
      name: `Account ${index + 1}`,
      email: `account-${index + 1}@example.com`,
      state: "ACTIVE",
      joinedMethod: "CREATED",
      joinedAt: "2026-11-01T00:00:00.000Z",
      parentId: "r-exam",
    };
  });
  const arn = "arn:aws:organizations::100000000001:root/o-exampleorgid/r-exam";
  return {
    schemaVersion: 1,
    takenAt: "2026-11-02T00:00:00.000Z",
    caller: {
      account: "100000000001",
      arn: "arn:aws:iam::100000000001:root",
      standing: "management",
    },
    organization: {
      id: "o-exampleorgid",
      arn: "arn:aws:organizations::100000000001:organization/o-exampleorgid",
      featureSet: "ALL",
      managementAccountId: "100000000001",
      managementAccountEmail: "account-1@example.com",
      root: { id: "r-exam", arn, name: "Root", policyTypes: [] },
      organizationalUnits: [],
      accounts,
    },
    services,
    scope: { tier: "full", homeRegion: regions[0] ?? "", regions },
    gaps: [],
  };
}
