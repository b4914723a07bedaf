import { fact, notApplicable, unknown, verdict } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** Accounts have enabled only Regions that are governed. */
export const governedRegions: AuditRule = {
  id: "organization/governed-regions",
  title: "Accounts have enabled only Regions that are governed",
  severity: "medium",
  why: "A Region that was opted in to and that no guardrail or detector knows is unwatched.",
  remedy: "Disable the Region, or govern it.",
  compliance: { "nist-800-53-r5": ["AC-2", "CM-6"] },
  sources: ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices.html"],
  evaluate: (context) => {
    const governed = context.desired?.organization.governedRegions ?? [];
    if (governed.length === 0)
      return [notApplicable("the configuration names no governed Regions")];
    return context.active.map(({ id, regions }): AuditResult => {
      const place = { account: id };
      if (regions === undefined) return unknown(context.whyUnread(`accounts/${id}/regions`), place);
      const others = regions
        .filter(({ name, status }) => status === "ENABLED" && !governed.includes(name))
        .map(({ name }) => name);
      const words = {
        pass: `${context.named(id)} has enabled no Region that is not governed.`,
        fail: `${context.named(id)} has enabled Regions that are not governed: ${others.join(", ")}.`,
      };
      return verdict(
        others.length === 0,
        words,
        place,
        fact("Regions", others, "account:ListRegions"),
      );
    });
  },
  breaks: { "organization/accounts/3/regions": [{ name: "me-south-1", status: "ENABLED" }] },
};
