import type { Json } from "../../core/json.ts";
import type {
  CoverageInput,
  CoverageReader,
  ServiceCoverage,
  Verdict,
} from "../../core/service-coverage.ts";
import { type CoveragePart, fact, partsVerdict, remembering } from "../kit/coverage.ts";
import { declaredSetting } from "./declared-setting.ts";
import type { Ec2State, SettingName } from "./state.ts";

/** A setting of accounts in Regions that is one of their safe defaults. */
interface SafeDefault {
  readonly setting: SettingName;
  readonly name: string;
  readonly operation: string;
  readonly member: string;
  /** What is good, in the words of the API and of declarative policies. */
  readonly good: readonly (string | boolean)[];
}

/**
 * The defaults that make an answer. What VPCs may do with the internet is a matter of the network,
 * and the serial console is off by itself: rules of the audit look at these.
 */
const safeDefaults: readonly SafeDefault[] = [
  {
    setting: "ebsEncryption",
    name: "EBS encryption by default",
    operation: "ec2:GetEbsEncryptionByDefault",
    member: "EbsEncryptionByDefault",
    good: [true],
  },
  {
    setting: "instanceMetadata",
    name: "IMDSv2 by default",
    operation: "ec2:GetInstanceMetadataDefaults",
    member: "HttpTokens",
    good: ["required"],
  },
  {
    setting: "snapshots",
    name: "blocked public sharing of snapshots",
    operation: "ec2:GetSnapshotBlockPublicAccessState",
    member: "State",
    good: ["block-all-sharing", "block_all_sharing", "block-new-sharing", "block_new_sharing"],
  },
  {
    setting: "images",
    name: "blocked public sharing of images",
    operation: "ec2:GetImageBlockPublicAccessState",
    member: "ImageBlockPublicAccessState",
    good: ["block-new-sharing", "block_new_sharing"],
  },
];

/** Where new volumes, instances, snapshots and images begin safely. */
export const ec2Coverage: ServiceCoverage<Ec2State> = { cells: "region", read };

function read({ state }: CoverageInput<Ec2State>): CoverageReader {
  const once = remembering<Verdict>();
  const encrypted = new Set(state.encrypted);
  return {
    at: ({ id }, region = "") => {
      const place = `${id}/${region}`;
      const told = safeDefaults.map((one) => toldOf(state, encrypted, one, id, place));
      const isUnread = told.includes(undefined);
      const seen = told.map((one) => `${one?.source} ${one?.value}`).join();
      return once(isUnread ? `${region} ${seen}` : seen, () =>
        partsVerdict(
          safeDefaults.map((one, index) => partOf(one, told[index])),
          {
            // A denied read has a gap under the place.
            subject: `{account}/${region}`,
            reason:
              "no policy of the organization says it; only the account knows (`--tier inside`)",
          },
        ),
      );
    },
  };
}

/** What tells of a setting, the first that does; `undefined`: it was not read. */
interface Told {
  readonly source: "policy" | "account" | "rule";
  readonly value: Json;
}

function toldOf(
  state: Ec2State,
  encrypted: ReadonlySet<string>,
  { setting, member }: SafeDefault,
  account: string,
  place: string,
): Told | undefined {
  const declared = declaredSetting(state, account, setting);
  if (declared !== undefined) return { source: "policy", value: declared };
  const value = state.settings[setting]?.[place]?.value[member];
  if (value !== undefined) return { source: "account", value };
  return setting === "ebsEncryption" && encrypted.has(place)
    ? { source: "rule", value: "COMPLIANT" }
    : undefined;
}

function partOf(
  { name, operation, member, good }: SafeDefault,
  told: Told | undefined,
): CoveragePart {
  if (told === undefined) return { name };
  const { source, value } = told;
  const isOn = source === "rule" || good.some((one) => one === value);
  switch (source) {
    case "policy":
      return { name, isOn, evidence: fact(name, value, "organizations:DescribeEffectivePolicy") };
    case "account":
      return { name, isOn, evidence: fact(member, value, operation) };
    case "rule": {
      const rules = "config:DescribeAggregateComplianceByConfigRules";
      return { name, isOn, evidence: fact("compliance", value, rules) };
    }
  }
}
