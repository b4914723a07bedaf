import { deny, exemptPrincipals, type StatementGuardrail, unlessExempt } from "./guardrail.ts";

/** Denies every service that is not on a list. */
export const serviceAllowList: StatementGuardrail<{
  services: "strings";
  exemptPrincipals: "strings";
}> = {
  name: "service-allow-list",
  title: "Allow only some services",
  type: "SERVICE_CONTROL_POLICY",
  why: "A service that nobody reviewed is ground that nobody watches. The list names IAM service prefixes; what people need to sign in, look around and get help belongs on it (`iam`, `sts`, `support`, `health`).",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_strategies.html",
  ],
  parameters: {
    services: {
      kind: "strings",
      description: "IAM prefixes of the services that stay usable, or patterns of actions.",
      pattern: /^[a-z0-9-]+(:[A-Za-z0-9*?]+)?$/,
      example: ["iam", "sts", "support", "health", "ec2", "s3", "cloudtrail:LookupEvents"],
    },
    exemptPrincipals,
  },
  statements: ({ services, exemptPrincipals: exempt }) => [
    deny("ServiceAllowList", {
      notAction: services.map((service) => (service.includes(":") ? service : `${service}:*`)),
      condition: unlessExempt(exempt),
    }),
  ],
  denied: [
    { what: "a service that is not listed", action: "gamelift:CreateFleet" },
    { what: "another action of a service", action: "cloudtrail:StopLogging" },
  ],
  allowed: [
    { what: "a service of the list", action: "s3:ListAllMyBuckets" },
    { what: "an action of the list", action: "cloudtrail:LookupEvents" },
  ],
};
