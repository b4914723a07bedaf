import { call } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** Queries of names are logged no more. */
export const deleteQueryLogging: DetectRule = {
  id: "route53resolver/delete-query-logging",
  title: "The logging of DNS queries is deleted",
  severity: "medium",
  why: "Names that are asked for show what malware talks to.",
  remedy: "Create the query logging again and associate it with the networks.",
  sources: [
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DeleteResolverQueryLogConfig.html",
  ],
  events: events(
    "route53resolver",
    "DeleteResolverQueryLogConfig",
    "DisassociateResolverQueryLogConfig",
  ),
  counts: "success",
  evaluate: (event) => {
    const config = requestText(event, "resolverQueryLogConfigId");
    const isDelete = event.eventName === "DeleteResolverQueryLogConfig";
    const network = requestText(event, "resourceId");
    return {
      verb: isDelete ? ["delete", "deleted"] : ["take", "took"],
      object: `the logging of DNS queries ${config ?? ""}${isDelete ? "" : ` off ${network ?? "a network"}`}`,
      ...(config === undefined ? {} : { resource: config }),
    };
  },
  example: {
    hit: [
      call("route53resolver", "DeleteResolverQueryLogConfig", {
        resolverQueryLogConfigId: "rqlc-0123456789abcdef0",
      }),
    ],
    pass: [call("route53resolver", "CreateResolverQueryLogConfig", null)],
  },
};
