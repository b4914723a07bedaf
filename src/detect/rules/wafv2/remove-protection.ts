import { call } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

const verbs: Readonly<Record<string, readonly [string, string, string]>> = {
  DisassociateWebACL: ["take", "took", "the web ACL off a resource"],
  DeleteWebACL: ["delete", "deleted", "a web ACL"],
  DeleteLoggingConfiguration: ["delete", "deleted", "the logging of a web ACL"],
};

/** A web application loses its firewall or its firewall's log. */
export const removeProtection: DetectRule = {
  id: "wafv2/remove-protection",
  title: "A web application loses its firewall or its log",
  severity: "medium",
  why: "Requests that were refused now reach the application, or are refused without a trace.",
  remedy: "Associate the web ACL again; let Firewall Manager do it.",
  sources: ["https://docs.aws.amazon.com/waf/latest/APIReference/API_DisassociateWebACL.html"],
  events: events("wafv2", ...Object.keys(verbs)),
  counts: "success",
  evaluate: (event) => {
    const [infinitive, past, what] = verbs[event.eventName ?? ""] ?? ["remove", "removed", ""];
    const thing = requestText(event, "resourceArn") ?? requestText(event, "name");
    return {
      verb: [infinitive, past],
      object: `${what}${thing === undefined ? "" : ` (${thing})`}`,
      ...(thing === undefined ? {} : { resource: thing }),
    };
  },
  example: {
    hit: [
      call("wafv2", "DisassociateWebACL", {
        resourceArn: "arn:aws:elasticloadbalancing:eu-west-1:333333333333:loadbalancer/app/shop/1",
      }),
      call("wafv2", "DeleteLoggingConfiguration", { resourceArn: "arn:aws:wafv2:::webacl/shop" }),
    ],
    pass: [call("wafv2", "AssociateWebACL", null)],
  },
};
