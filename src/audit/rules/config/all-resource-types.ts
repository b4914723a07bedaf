import { controls } from "../../controls.ts";
import { eachRecorder } from "../../kinds/recorders.ts";
import { at, textAt } from "../../read-state.ts";
import { fact, notApplicable, pass, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Recorders record all types of resources. */
export const allResourceTypes: AuditRule = {
  id: "config/all-resource-types",
  title: "Recorders record all types of resources",
  severity: "medium",
  why: "A type that is not recorded is one that no rule sees.",
  remedy: "Record all supported types; leave out by name what costs too much.",
  config: "services:\n  config: { delegatedAdministrator: Audit }",
  compliance: controls.config,
  sources: ["https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html"],
  evaluate: eachRecorder(
    (context, { state, name, place }) => {
      const recorder = at(state, "recorder");
      if (recorder === undefined) {
        return [
          unknown(
            context.whyUnread(`services/config/places/${place.account}/${place.region}`),
            place,
          ),
        ];
      }
      if (recorder === null) return [notApplicable(`there is no recorder in ${name}`, place)];
      const strategy = textAt(recorder, "strategy");
      if (strategy === undefined) return [unknown(`the recorder of ${name} was not read`, place)];
      const words = {
        pass: `The recorder of ${name} records all types, or all but those that are named.`,
        fail: `The recorder of ${name} records only types that are named.`,
      };
      const isAll = strategy !== "INCLUSION_BY_RESOURCE_TYPES";
      return [verdict(isAll, words, place, fact("strategy", strategy))];
    },
    (_, { name, place }) =>
      pass(`A stack set keeps the recorder of ${name}.`, place, fact("stack", "current")),
  ),
  breaks: {
    "services/config/places": {
      "111111111111/eu-central-1": {
        account: "111111111111",
        region: "eu-central-1",
        recorder: { strategy: "INCLUSION_BY_RESOURCE_TYPES", role: "" },
        recording: true,
        channel: {},
      },
    },
  },
};
