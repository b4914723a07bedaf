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
      const parts = safeDefaults.map((one) => partAt(state, encrypted, one, id, place));
      const isUnread = parts.some(({ isOn }) => isOn === undefined);
      const seen = JSON.stringify(parts.map(({ evidence }) => evidence ?? null));
      // A denied read has a gap under the place.
      return once(isUnread ? `${place} ${seen}` : seen, () =>
        partsVerdict(parts, {
          subject: place,
          reason: "no policy of the organization says it; only the account knows (`--tier inside`)",
        }),
      );
    },
  };
}

function partAt(
  state: Ec2State,
  encrypted: ReadonlySet<string>,
  { setting, name, operation, member, good }: SafeDefault,
  account: string,
  place: string,
): CoveragePart {
  const declared = declaredSetting(state, account, setting);
  if (declared !== undefined) {
    const evidence = fact(name, declared, "organizations:DescribeEffectivePolicy");
    return { name, isOn: good.includes(declared), evidence };
  }
  const value = state.settings[setting]?.[place]?.value[member];
  if (value !== undefined) {
    const isOn = good.some((one) => one === value);
    return { name, isOn, evidence: fact(member, value, operation) };
  }
  if (setting === "ebsEncryption" && encrypted.has(place)) {
    const source = "config:DescribeAggregateComplianceByConfigRules";
    return { name, isOn: true, evidence: fact("compliance", "COMPLIANT", source) };
  }
  return { name };
}
