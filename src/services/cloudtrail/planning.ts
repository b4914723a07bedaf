import type { RegionName } from "../../core/identifiers.ts";
import type { ForeignThing } from "../../core/plan.ts";
import type {
  BlockIssue,
  OrganizationFacts,
  PlannedAccount,
  ServiceChange,
} from "../../core/service-plan.ts";
import { thingAddress } from "../kit/address.ts";
import type { CloudTrailBlock, TrailBlock } from "./schema.ts";
import type { CloudTrailState, TrailState } from "./state.ts";

/** A trail of the block with what stands for it in AWS. */
export interface TrailPair {
  readonly block: TrailBlock;
  /** Place in the block. */
  readonly index: number;
  readonly found: TrailState | undefined;
  readonly name: string;
  readonly arn: string;
  readonly region: RegionName;
}

/** A plan that is being made. */
export interface Planning {
  readonly block: CloudTrailBlock;
  readonly state: CloudTrailState;
  readonly facts: OrganizationFacts;
  readonly management: PlannedAccount;
  /** The account that holds bucket and key. */
  readonly archive: PlannedAccount;
  /** Home Region of trails that are still to be made. */
  readonly region: RegionName;
  readonly trails: readonly TrailPair[];
  readonly changes: ServiceChange[];
  readonly compared: string[];
  readonly foreign: ForeignThing[];
  readonly issues: BlockIssue[];
  readonly ids: Record<string, string>;
}

/** Notes something that the user should know. */
export function note(
  planning: Planning,
  severity: BlockIssue["severity"],
  code: string,
  path: BlockIssue["path"],
  summary: string,
  help: string,
): void {
  planning.issues.push({ severity, code, path, summary, help });
}

/** Address of a thing in the log archive, or of a part of it. */
export function archiveAddress(
  { archive, region }: Pick<Planning, "archive" | "region">,
  kind: "bucket" | "key",
  name: string,
  part?: string,
): string {
  const thing = thingAddress("cloudtrail", kind, { account: archive.name, region }, name);
  return part === undefined ? thing : `${thing}/${part}`;
}

/** Address of a trail or of a part of it. */
export function trailAddress(
  management: PlannedAccount,
  trail: Pick<TrailPair, "name" | "region">,
  part?: string,
): string {
  const place = { account: management.name, region: trail.region };
  const thing = thingAddress("cloudtrail", "trail", place, trail.name);
  return part === undefined ? thing : `${thing}/${part}`;
}

/** Where the log archive's changes are made. */
export function archivePlace({
  archive,
  region,
}: Planning): Pick<ServiceChange, "workIn" | "account" | "region"> {
  return { region, account: archive.id, ...(archive.isManagement ? {} : { workIn: archive.id }) };
}
