import type { Aws, CallOptions } from "../../aws/aws.ts";
import type { RegionName } from "../../core/identifiers.ts";
import type { BackupBlock } from "./schema.ts";

/** Settings of a Region as they were read. */
export interface BackupRegionState {
  readonly optIn: Readonly<Record<string, boolean>>;
  readonly managed: Readonly<Record<string, boolean>>;
}

/** What was read of AWS Backup in the management account. What is absent was not read. */
export interface BackupState {
  readonly global?: Readonly<Record<string, boolean>>;
  readonly regions: Readonly<Record<RegionName, BackupRegionState>>;
}

/** The global settings that a block names, by the API's names. */
export function globalSettings(block: BackupBlock): Readonly<Record<string, boolean>> {
  const { crossAccountBackup, multiPartyApproval, synchronizeDelegation } = block;
  return {
    ...(crossAccountBackup === undefined
      ? {}
      : { isCrossAccountBackupEnabled: crossAccountBackup }),
    ...(synchronizeDelegation === undefined
      ? {}
      : { isDelegatedAdministratorEnabled: synchronizeDelegation }),
    ...(multiPartyApproval === undefined ? {} : { isMpaEnabled: multiPartyApproval }),
  };
}

/** Reads the global settings. Throws `AwsError`. */
export async function readGlobal(
  aws: Aws,
  how: CallOptions,
): Promise<Readonly<Record<string, boolean>>> {
  const { GlobalSettings = {} } = await aws.call("backup", "DescribeGlobalSettings", {}, how);
  return Object.fromEntries(
    Object.entries(GlobalSettings).map(([name, value]) => [name, value === "true"]),
  );
}

/** Reads the settings of a Region. Throws `AwsError`. */
export async function readRegion(aws: Aws, how: CallOptions): Promise<BackupRegionState> {
  const answer = await aws.call("backup", "DescribeRegionSettings", {}, how);
  return {
    optIn: answer.ResourceTypeOptInPreference ?? {},
    managed: answer.ResourceTypeManagementPreference ?? {},
  };
}

/** What of `wanted` is otherwise now; a setting that AWS does not list is off. */
export function differing(
  wanted: Readonly<Record<string, boolean>>,
  now: Readonly<Record<string, boolean>>,
): Readonly<Record<string, boolean>> {
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => (now[name] ?? false) !== value),
  );
}

/** The members of `now` that `of` names. */
export function pick(
  now: Readonly<Record<string, boolean>>,
  of: object,
): Readonly<Record<string, boolean>> {
  return Object.fromEntries(Object.keys(of).map((name) => [name, now[name] ?? false]));
}
