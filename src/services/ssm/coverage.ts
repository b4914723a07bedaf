import type {
  CoverageInput,
  CoverageReader,
  ServiceCoverage,
  Verdict,
} from "../../core/service-coverage.ts";
import { systemsManagerFacts } from "../../data/systems-manager.ts";
import { type CoveragePart, fact, partsVerdict, remembering } from "../kit/coverage.ts";
import type { SystemsManagerState } from "./state.ts";

const source = "ssm:GetServiceSetting";
const names = { hosts: "default host management", sharing: "blocked public sharing of documents" };

/**
 * Where Systems Manager manages new instances by itself and keeps documents from the public. There
 * is no switch for the organization: each account has its own settings in each Region.
 */
export const systemsManagerCoverage: ServiceCoverage<SystemsManagerState> = {
  cells: "region",
  read,
};

function read({ state }: CoverageInput<SystemsManagerState>): CoverageReader {
  const once = remembering<Verdict>();
  const proven = new Set(state.provenBlocks);
  return {
    at: ({ id }, region = "") => {
      const place = `${id}/${region}`;
      const found = state.settings[id]?.[region];
      const { hostManagement: hosts, publicSharing: sharing } = found ?? {};
      const isProven = proven.has(place);
      const isUnread = hosts === undefined || (sharing === undefined && !isProven);
      const seen = `${hosts} ${sharing} ${isProven}`;
      return once(isUnread ? `${region} ${seen}` : seen, () =>
        partsVerdict([hostsPart(hosts), sharingPart(sharing, isProven)], {
          // A denied read has a gap under the place.
          subject: `{account}/${region}`,
          reason: "only the account itself knows (`--tier inside`)",
        }),
      );
    },
  };
}

function hostsPart(role: string | undefined): CoveragePart {
  if (role === undefined) return { name: names.hosts };
  const isOn = role !== "" && role !== "$None";
  return {
    name: names.hosts,
    isOn,
    evidence: fact("default-ec2-instance-management", role, source),
  };
}

function sharingPart(setting: string | undefined, isProven: boolean): CoveragePart {
  const name = names.sharing;
  if (setting !== undefined) {
    const isOn = setting === systemsManagerFacts.blocked;
    return { name, isOn, evidence: fact("public-sharing-permission", setting, source) };
  }
  if (!isProven) return { name };
  const rule = "config:DescribeAggregateComplianceByConfigRules";
  return { name, isOn: true, evidence: fact("compliance", "COMPLIANT", rule) };
}
