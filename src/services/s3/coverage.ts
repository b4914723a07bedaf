import type {
  CoverageInput,
  CoverageReader,
  ServiceCoverage,
  Verdict,
} from "../../core/service-coverage.ts";
import { fact, remembering, unread, verdict } from "../kit/coverage.ts";
import type { S3State } from "./state.ts";

const source = "s3:GetPublicAccessBlock";

/** Which accounts block public access to their buckets, by the organization's policy or their own. */
export const s3Coverage: ServiceCoverage<S3State> = { cells: "account", read };

function read({ state }: CoverageInput<S3State>): CoverageReader {
  const once = remembering<Verdict>();
  const proven = new Set(state.provenBlocks);
  return {
    at: ({ id }) => {
      if (state.byPolicy?.[id] === true) {
        return once("policy", () =>
          verdict(
            "on",
            "the organization's S3 policy blocks public access",
            fact("public_access_block_configuration", "all", "organizations:DescribePolicy"),
          ),
        );
      }
      if (proven.has(id)) {
        return once("proven", () =>
          verdict(
            "on",
            "a rule of AWS Config found it to block public access when it ran last",
            fact("ComplianceType", "COMPLIANT", "config:DescribeAggregateComplianceByConfigRules"),
          ),
        );
      }
      const block = state.byAccount[id];
      if (block === undefined) {
        return once("unread", () =>
          unread(
            "accounts",
            "no S3 policy bears on it; its own block only the account knows (`--tier inside`)",
          ),
        );
      }
      return once(JSON.stringify(block), () => {
        if (block === null) {
          return verdict(
            "off",
            "it has no public access block",
            fact("PublicAccessBlock", null, source),
          );
        }
        const off = Object.keys(block).filter((member) => block[member] !== true);
        const seen = fact("PublicAccessBlock", block, source);
        if (off.length === 0) return verdict("on", "it blocks public access", seen);
        return off.length === Object.keys(block).length
          ? verdict("off", "its public access block blocks nothing", seen)
          : verdict("partial", `its public access block lacks ${off.join(", ")}`, seen);
      });
    },
  };
}
