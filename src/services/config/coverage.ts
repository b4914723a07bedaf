import type {
  CoverageInput,
  CoverageReader,
  ServiceCoverage,
  Verdict,
} from "../../core/service-coverage.ts";
import { fact, remembering, unread, verdict } from "../kit/coverage.ts";
import type { ConfigState } from "./state.ts";

const recorders = "config:DescribeConfigurationRecorders";
const status = "config:DescribeConfigurationRecorderStatus";

/**
 * Where AWS Config records. Only an account itself knows that: neither a stack that made a recorder
 * nor an aggregator that has heard of the account proves that it records now.
 */
export const configCoverage: ServiceCoverage<ConfigState> = { cells: "region", read };

function read({ state }: CoverageInput<ConfigState>): CoverageReader {
  const once = remembering<Verdict>();
  const current = new Set(
    Object.values(state.stackSets).flatMap((set) =>
      Object.entries(set?.instances ?? {}).flatMap(([region, places]) =>
        places.current.map((account) => `${account}/${region}`),
      ),
    ),
  );
  return {
    at: ({ id }, region = "") => {
      const key = `${id}/${region}`;
      const place = state.places[key];
      if (place === undefined) {
        const reason = current.has(key)
          ? "its stack is current, but whether the recorder records only the account itself knows (`--tier inside`)"
          : "only the account itself knows (`--tier inside`)";
        // A denied read has a gap under the place.
        return state.asked?.includes(id) === true
          ? unread(`places/${key}`)
          : once(reason, () => ({ state: "unknown", reason, evidence: [] }));
      }
      if (place.recorder === null) {
        return once("off", () =>
          verdict("off", "it has no recorder", fact("recorder", null, recorders)),
        );
      }
      return once(`recorder ${place.recording}`, () => {
        const seen = fact("recording", place.recording, status);
        return place.recording
          ? verdict("on", "its recorder records", seen)
          : verdict("off", "its recorder is stopped", seen);
      });
    },
  };
}
