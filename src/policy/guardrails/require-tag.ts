import type { DocumentGuardrail } from "./guardrail.ts";

/** Fixes a tag's spelling and values, and where that is enforced. */
export const requireTag: DocumentGuardrail<{
  key: "string";
  values: "strings";
  enforcedFor: "strings";
}> = {
  name: "require-tag",
  title: "A tag with fixed spelling and values",
  type: "TAG_POLICY",
  why: "Owner, cost centre and data class are only of use when everybody spells them alike. A tag policy reports what deviates; for the resource types in `enforcedFor` it refuses the deviation. It does not make a tag mandatory.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_example-tag-policies.html",
  ],
  parameters: {
    key: {
      kind: "string",
      description: "The tag key, capitalised as it shall be written.",
      pattern: /^.{1,128}$/,
      example: "DataClass",
    },
    values: {
      kind: "strings",
      description: "Values that are allowed, `*` as a wildcard at the end; empty: any.",
      default: [],
      example: ["public", "internal", "secret"],
    },
    enforcedFor: {
      kind: "strings",
      description: "Resource types for which deviations are refused, such as `s3:bucket`.",
      default: [],
      pattern: /^[a-z0-9-]+:([a-z0-9-]+|\*|ALL_SUPPORTED)$/,
      example: ["s3:bucket"],
    },
  },
  document: ({ key, values, enforcedFor }) => ({
    tags: {
      [key.toLowerCase()]: {
        tag_key: { "@@assign": key },
        ...(values.length === 0 ? {} : { tag_value: { "@@assign": [...values] } }),
        ...(enforcedFor.length === 0 ? {} : { enforced_for: { "@@assign": [...enforcedFor] } }),
      },
    },
  }),
  effective: [{ path: ["tags", "dataclass", "tag_key"], value: "DataClass" }],
};
