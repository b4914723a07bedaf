import { regions } from "../../../data/regions.ts";
import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { ordinaryRole } from "../../kinds/guardrail.ts";
import { fact, fail, notApplicable, pass, unknown } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** Regions that are not governed cannot be used. */
export const governedRegions: AuditRule = {
  id: "guardrails/governed-regions",
  title: "Regions that are not governed cannot be used",
  severity: "high",
  why: "What runs in a Region that nobody watches is found on the bill.",
  remedy: "Attach the guardrail `region-allow-list` with the governed Regions to the root.",
  config:
    "policies:\n  - name: regions\n    guardrail: { name: region-allow-list, parameters: { regions: [eu-central-1, us-east-1] } }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html",
  ],
  evaluate: (context) => {
    const governed = context.desired?.organization.governedRegions ?? [];
    if (governed.length === 0) {
      return [notApplicable("the configuration names no governed Regions")];
    }
    const others = regions.list.filter(({ name, optIn }) => !optIn && !governed.includes(name));
    if (context.members.length === 0 || others.length === 0) {
      return [notApplicable("there is no member account or no other Region")];
    }
    return context.members.map((account): AuditResult => {
      const place = { account: account.id };
      const answers = others.map(({ name }) => ({
        name,
        decision: context.decide(account, {
          principal: ordinaryRole,
          action: "ec2:RunInstances",
          context: { "aws:RequestedRegion": name },
        }),
      }));
      const open = answers.filter(({ decision }) => decision === "allowed").map(({ name }) => name);
      if (open.length > 0) {
        const text = `Instances can be started in ${open.length} Regions that are not governed, by ${context.named(account.id)}.`;
        return fail(text, place, fact("open Regions", open));
      }
      if (answers.some(({ decision }) => decision === "unknown")) {
        return unknown(context.whyUnread("policies"), place);
      }
      const text = `${context.named(account.id)} can start instances in governed Regions only.`;
      return pass(text, place, fact("governed Regions", governed));
    });
  },
  breaks: { "organization/policies/1/content": exampleGuardrails([], { regions: false }) },
};
