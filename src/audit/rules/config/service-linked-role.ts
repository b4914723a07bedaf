import { controls } from "../../controls.ts";
import { eachRecorder } from "../../kinds/recorders.ts";
import { at, textAt } from "../../read-state.ts";
import { fact, notApplicable, pass, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Recorders use the service-linked role. */
export const serviceLinkedRole: AuditRule = {
  id: "config/service-linked-role",
  title: "Recorders use the service-linked role",
  severity: "low",
  why: "A role of one's own may lack what a new type needs, and the recorder then skips it silently.",
  remedy: "Let recorders use AWSServiceRoleForConfig.",
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
      const role = textAt(recorder, "role");
      if (role === undefined) return [unknown(`the role of ${name} was not read`, place)];
      const words = {
        pass: `The recorder of ${name} uses the service-linked role.`,
        fail: `The recorder of ${name} uses another role.`,
      };
      return [verdict(role.includes("/aws-service-role/"), words, place, fact("role", role))];
    },
    (_, { name, place }) =>
      pass(`A stack set keeps the recorder of ${name}.`, place, fact("stack", "current")),
  ),
  breaks: {
    "services/config/places": {
      "111111111111/eu-central-1": {
        account: "111111111111",
        region: "eu-central-1",
        recorder: {
          strategy: "ALL_SUPPORTED_RESOURCE_TYPES",
          role: "arn:aws:iam::111111111111:role/own",
        },
        recording: true,
        channel: {},
      },
    },
  },
};
