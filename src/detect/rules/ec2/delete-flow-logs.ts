import { call } from "../../example/event.ts";
import { list, member, request, text } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** Flow logs of a network are deleted. */
export const deleteFlowLogs: DetectRule = {
  id: "ec2/delete-flow-logs",
  title: "Flow logs are deleted",
  severity: "high",
  why: "Connections of the network are recorded no more.",
  remedy: "Create the flow logs again.",
  sources: ["https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteFlowLogs.html"],
  events: events("ec2", "DeleteFlowLogs"),
  counts: "success",
  evaluate: (event) => {
    const ids = list(member(request(event, "DeleteFlowLogsRequest"), "FlowLogId")).flatMap(
      (one) => text(member(one, "content")) ?? text(one) ?? [],
    );
    return {
      verb: ["delete", "deleted"],
      object: `the flow logs ${ids.join(", ") || "(not named)"}`,
      ...(ids[0] === undefined ? {} : { resource: ids[0] }),
    };
  },
  example: {
    hit: [
      call("ec2", "DeleteFlowLogs", {
        DeleteFlowLogsRequest: { FlowLogId: { tag: 1, content: "fl-0123456789abcdef0" } },
      }),
    ],
    pass: [call("ec2", "CreateFlowLogs", null)],
  },
};
