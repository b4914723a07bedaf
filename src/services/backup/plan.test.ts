import { expect, test } from "vitest";
import type { OrganizationFacts, ServicePlan } from "../../core/service-plan.ts";
import { backupPlanner } from "./plan.ts";
import type { BackupBlock } from "./schema.ts";
import type { BackupState } from "./settings.ts";

const facts: OrganizationFacts = {
  organizationId: "o-example0000",
  managementAccountId: "100000000000",
  partition: "aws",
  homeRegion: "eu-west-1",
  governedRegions: ["eu-west-1", "us-east-1"],
  units: [{ path: [], id: "r-root" }],
  accounts: [
    {
      name: "Management",
      id: "100000000000",
      exists: true,
      state: "ACTIVE",
      isManagement: true,
      path: [],
    },
  ],
};
const global = { isCrossAccountBackupEnabled: false, isMpaEnabled: true };

function planned(block: BackupBlock, state: BackupState): ServicePlan {
  return backupPlanner.plan({ block, state, facts, files: {} });
}

test("one call sets what is otherwise for the organization, and nothing else", () => {
  const block = { crossAccountBackup: true, multiPartyApproval: true };
  expect(planned(block, { global, regions: {} }).changes).toMatchObject([
    {
      operation: "UpdateGlobalSettings",
      region: "eu-west-1",
      input: { GlobalSettings: { isCrossAccountBackupEnabled: "true" } },
      before: { isCrossAccountBackupEnabled: false },
      after: { isCrossAccountBackupEnabled: true },
    },
  ]);
  expect(planned(block, { regions: {} }).changes).toEqual([]);
});

test("service opt-in is set Region by Region; a type that AWS does not know is an error", () => {
  const regions = {
    "eu-west-1": { optIn: { EBS: true, S3: false }, managed: {} },
    "us-east-1": { optIn: { EBS: true, S3: true }, managed: {} },
  };
  const right = planned({ resourceTypes: { EBS: false, S3: true } }, { regions });
  expect(right.changes.map(({ region, after, risk }) => [region, after, risk])).toEqual([
    ["eu-west-1", { optIn: { EBS: false, S3: true }, managed: {} }, "protection"],
    ["us-east-1", { optIn: { EBS: false }, managed: {} }, "protection"],
  ]);
  const wrong = planned({ resourceTypes: { Floppy: true } }, { regions });
  expect(wrong.issues.map(({ code, path }) => [code, ...path])).toEqual([
    ["ORGRAIL3190", "resourceTypes", "Floppy"],
    ["ORGRAIL3190", "resourceTypes", "Floppy"],
  ]);
});

test("`remove` switches off what the block names, before trusted access goes", () => {
  const block = { crossAccountBackup: true, multiPartyApproval: true, remove: true };
  expect(planned(block, { global, regions: {} }).changes).toMatchObject([
    {
      input: { GlobalSettings: { isMpaEnabled: "false" } },
      phase: "undo",
      risk: "protection",
    },
  ]);
});
