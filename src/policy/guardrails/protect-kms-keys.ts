import { deny, exemptPrincipals, type StatementGuardrail, unlessExempt } from "./guardrail.ts";

/** Keeps KMS keys, all of them or those that carry a tag. */
export const protectKmsKeys: StatementGuardrail<{
  tagKey: "string";
  tagValue: "string";
  exemptPrincipals: "strings";
}> = {
  name: "protect-kms-keys",
  title: "Protect KMS keys",
  type: "SERVICE_CONTROL_POLICY",
  why: "Without its key the log is lost as surely as if it had been deleted. A tag says which keys are meant; without one, all are.",
  sources: ["https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html"],
  parameters: {
    tagKey: {
      kind: "string",
      description: "Tag that marks the keys to protect; empty: all keys.",
      default: "",
      example: "orgrail:protected",
    },
    tagValue: {
      kind: "string",
      description: "Value of the tag.",
      default: "true",
      example: "true",
    },
    exemptPrincipals,
  },
  statements: ({ tagKey, tagValue, exemptPrincipals: exempt }) => {
    const condition = {
      ...(tagKey === "" ? {} : { StringEquals: { [`aws:ResourceTag/${tagKey}`]: tagValue } }),
      ...unlessExempt(exempt),
    };
    return [
      deny("ProtectKmsKeys", {
        action: [
          "kms:DeleteImportedKeyMaterial",
          "kms:DisableKey",
          "kms:DisableKeyRotation",
          "kms:PutKeyPolicy",
          "kms:ScheduleKeyDeletion",
          ...(tagKey === "" ? [] : ["kms:TagResource", "kms:UntagResource"]),
        ],
        condition,
      }),
    ];
  },
  denied: [
    {
      what: "scheduling the deletion of a protected key",
      parameters: { tagKey: "orgrail:protected" },
      action: "kms:ScheduleKeyDeletion",
      resource: "arn:aws:kms:eu-west-1:111122223333:key/1",
      context: { "aws:ResourceTag/orgrail:protected": "true" },
    },
    {
      what: "taking the tag off",
      parameters: { tagKey: "orgrail:protected" },
      action: "kms:UntagResource",
      resource: "arn:aws:kms:eu-west-1:111122223333:key/1",
      context: { "aws:ResourceTag/orgrail:protected": "true" },
    },
    {
      what: "any key, where no tag is named",
      parameters: { tagKey: "" },
      action: "kms:DisableKey",
      resource: "arn:aws:kms:eu-west-1:111122223333:key/1",
    },
  ],
  allowed: [
    {
      what: "another key",
      parameters: { tagKey: "orgrail:protected" },
      action: "kms:ScheduleKeyDeletion",
      resource: "arn:aws:kms:eu-west-1:111122223333:key/2",
    },
    {
      what: "using a protected key",
      parameters: { tagKey: "orgrail:protected" },
      action: "kms:Decrypt",
      resource: "arn:aws:kms:eu-west-1:111122223333:key/1",
      context: { "aws:ResourceTag/orgrail:protected": "true" },
    },
  ],
};
