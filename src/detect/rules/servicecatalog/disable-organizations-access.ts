import { call, callers, example } from "../../example/event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** Service Catalog loses the organization. */
export const disableOrganizationsAccess: DetectRule = {
  id: "servicecatalog/disable-organizations-access",
  title: "Service Catalog loses its access to the organization",
  severity: "high",
  why: "Portfolios that are shared with the organization, account vending among them, stop working.",
  remedy: "Enable it again (EnableAWSOrganizationsAccess).",
  sources: [
    "https://docs.aws.amazon.com/servicecatalog/latest/dg/API_DisableAWSOrganizationsAccess.html",
  ],
  events: events("servicecatalog", "DisableAWSOrganizationsAccess"),
  counts: "success",
  evaluate: () => ({
    verb: ["disable", "disabled"],
    object: "the access of Service Catalog to the organization",
  }),
  example: {
    hit: [
      call("servicecatalog", "DisableAWSOrganizationsAccess", null, {
        recipientAccountId: example.management,
        userIdentity: callers.administrator,
      }),
    ],
    pass: [call("servicecatalog", "EnableAWSOrganizationsAccess", null)],
  },
};
