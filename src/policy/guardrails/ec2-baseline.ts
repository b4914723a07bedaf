import type { DocumentGuardrail } from "./guardrail.ts";

const assign = (value: string): { readonly "@@assign": string } => ({ "@@assign": value });

/** EC2's defaults as a declarative policy. */
export const ec2Baseline: DocumentGuardrail<{
  internetGatewayBlock: "string";
  httpPutResponseHopLimit: "number";
  exceptionMessage: "string";
}> = {
  name: "ec2-baseline",
  title: "EC2 baseline (declarative policy)",
  type: "DECLARATIVE_POLICY_EC2",
  why: "Images and snapshots stay private, the serial console stays shut, new instances take version 2 of the metadata service. A declarative policy holds in every account and Region, for service-linked roles too, and for accounts to come.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html",
  ],
  parameters: {
    internetGatewayBlock: {
      kind: "string",
      description:
        "VPC block public access: `off`, `block_ingress` or `block_bidirectional`. Anything but `off` cuts public workloads from the internet; exclusions stay allowed.",
      default: "off",
      pattern: /^(off|block_ingress|block_bidirectional)$/,
      example: "block_ingress",
    },
    httpPutResponseHopLimit: {
      kind: "number",
      description: "How many network hops a metadata token may travel; containers need 2.",
      default: 2,
      example: 2,
    },
    exceptionMessage: {
      kind: "string",
      description: "What a user reads whose change the policy refuses.",
      default: "Set by the security team for the whole organization.",
      example: "Ask #security for an exception.",
    },
  },
  document: ({ internetGatewayBlock, httpPutResponseHopLimit, exceptionMessage }) => ({
    ec2_attributes: {
      exception_message: assign(exceptionMessage),
      image_block_public_access: { state: assign("block_new_sharing") },
      snapshot_block_public_access: { state: assign("block_all_sharing") },
      serial_console_access: { status: assign("disabled") },
      instance_metadata_defaults: {
        http_tokens: assign("required"),
        http_put_response_hop_limit: assign(String(httpPutResponseHopLimit)),
        // Published policies set all four members; these two stay each account's choice.
        http_endpoint: assign("no_preference"),
        instance_metadata_tags: assign("no_preference"),
      },
      ...(internetGatewayBlock === "off"
        ? {}
        : {
            vpc_block_public_access: {
              internet_gateway_block: {
                mode: assign(internetGatewayBlock),
                exclusions_allowed: assign("enabled"),
              },
            },
          }),
    },
  }),
  effective: [
    { path: ["ec2_attributes", "image_block_public_access", "state"], value: "block_new_sharing" },
    { path: ["ec2_attributes", "serial_console_access", "status"], value: "disabled" },
    { path: ["ec2_attributes", "instance_metadata_defaults", "http_tokens"], value: "required" },
  ],
};
