import type { DocumentGuardrail } from "./guardrail.ts";

/** Keeps the organization's content out of the training of AWS's AI services. */
export const aiServicesOptOut: DocumentGuardrail<Record<never, never>> = {
  name: "ai-services-opt-out",
  title: "Opt out of AI services' use of content",
  type: "AISERVICES_OPT_OUT_POLICY",
  why: "Some AI services of AWS store and use customers' content to improve themselves unless told not to. Units and accounts below cannot opt in again.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_ai-opt-out_syntax.html",
  ],
  parameters: {},
  document: () => ({
    services: {
      "@@operators_allowed_for_child_policies": ["@@none"],
      default: {
        "@@operators_allowed_for_child_policies": ["@@none"],
        opt_out_policy: {
          "@@operators_allowed_for_child_policies": ["@@none"],
          "@@assign": "optOut",
        },
      },
    },
  }),
  effective: [{ path: ["services", "default", "opt_out_policy"], value: "optOut" }],
};
