import { call, example } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** Detective's graph is deleted, or loses accounts. */
export const deleteGraph: DetectRule = {
  id: "detective/delete-graph",
  title: "Amazon Detective's graph is deleted or loses accounts",
  severity: "medium",
  why: "The graph holds a year of behaviour; it cannot be brought back.",
  remedy: "Enable Detective again; it starts with two weeks of history at most.",
  sources: ["https://docs.aws.amazon.com/detective/latest/APIReference/API_DeleteGraph.html"],
  events: events("detective", "DeleteGraph", "DeleteMembers", "DisableOrganizationAdminAccount"),
  counts: "success",
  evaluate: (event) => {
    const graph = requestText(event, "graphArn");
    const isMembers = event.eventName === "DeleteMembers";
    const isAdmin = event.eventName === "DisableOrganizationAdminAccount";
    return {
      verb: isAdmin ? ["remove", "removed"] : ["delete", "deleted"],
      object: isAdmin
        ? "the administrator of Amazon Detective"
        : isMembers
          ? "accounts from Amazon Detective's graph"
          : "the graph of Amazon Detective",
      ...(graph === undefined ? {} : { resource: graph }),
    };
  },
  example: {
    hit: [
      call("detective", "DeleteGraph", {
        graphArn: `arn:aws:detective:eu-west-1:${example.audit}:graph:1234`,
      }),
    ],
    pass: [call("detective", "CreateGraph", null)],
  },
};
