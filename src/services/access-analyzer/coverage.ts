import type {
  CoverageInput,
  CoverageReader,
  ServiceCoverage,
  Verdict,
} from "../../core/service-coverage.ts";
import { fact, outside, remembering, unread, verdict } from "../kit/coverage.ts";
import type { AccessAnalyzerState } from "./state.ts";

const source = "access-analyzer:ListAnalyzers";

/**
 * Where external access is analyzed: one analyzer of type `ORGANIZATION` in a Region covers all
 * accounts there. Without one, an account may have its own.
 */
export const accessAnalyzerCoverage: ServiceCoverage<AccessAnalyzerState> = {
  cells: "region",
  read,
};

function read({ state }: CoverageInput<AccessAnalyzerState>): CoverageReader {
  const once = remembering<Verdict>();
  return {
    at: ({ id }, region = "") => {
      const found = state.regions[region];
      if (found === undefined) return once(region, () => unread(`${region}/analyzers`));
      const [best] = found.analyzers
        .filter(({ type }) => type === "ORGANIZATION")
        .sort((a, b) => Number(b.status === "ACTIVE") - Number(a.status === "ACTIVE"));
      const own = found.own?.[id];
      if (best === undefined) {
        const because = "the organization has no analyzer of external access in the Region";
        return once(`${region} none ${own}`, () =>
          outside("an analyzer", own, because, `${region}/own`, source),
        );
      }
      return once(`${region} organization`, () => {
        const seen = [fact("analyzer", best.arn, source), fact("status", best.status, source)];
        return best.status === "ACTIVE"
          ? verdict("on", `the organization's analyzer ${best.name} covers it`, ...seen)
          : verdict("off", `the organization's analyzer ${best.name} is ${best.status}`, ...seen);
      });
    },
  };
}
