import { call, example } from "../../example/event.ts";
import { request, requestText, text } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";
import { missing, unknownFacts } from "../../unknown-facts.ts";

const verbs: Readonly<Record<string, readonly [string, string, string]>> = {
  DisableKey: ["disable", "disabled", "the key"],
  ScheduleKeyDeletion: ["schedule", "scheduled", "the deletion of the key"],
  PutKeyPolicy: ["change", "changed", "the policy of the key"],
  DeleteImportedKeyMaterial: ["delete", "deleted", "the material of the key"],
};

/** A KMS key is disabled, scheduled for deletion, emptied or given another policy. */
export const disableKey: DetectRule = {
  id: "kms/disable-key",
  title: "An encryption key is disabled or taken over",
  severity: "critical",
  levels: "Medium for keys that are not known to encrypt logs.",
  why: "Without its key a trail cannot write and its logs cannot be read. Deleting a key destroys all that it encrypted.",
  remedy:
    "Enable the key again, cancel its deletion within the waiting period, restore its policy.",
  sources: [
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html",
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html",
  ],
  events: events("kms", ...Object.keys(verbs)),
  counts: "attempts",
  evaluate: (event, facts) => {
    const [infinitive, past, part] = verbs[event.eventName ?? ""] ?? [
      "change",
      "changed",
      "the key",
    ];
    const key = requestText(event, "keyId") ?? text(event.resources?.[0]?.ARN);
    const isLogKey = key === undefined ? undefined : facts.isLogKey(key);
    const days = text(request(event, "pendingWindowInDays"));
    return {
      severity: isLogKey === true ? "critical" : "medium",
      verb: [infinitive, past],
      object: `${part} ${key ?? "(not named)"}${isLogKey === true ? ", which encrypts logs" : ""}`,
      ...(days === undefined ? {} : { detail: `it is deleted in ${days} days` }),
      ...(key === undefined ? {} : { resource: key }),
      unknown: missing([isLogKey, unknownFacts.logKeys]),
    };
  },
  example: {
    hit: [
      call("kms", "ScheduleKeyDeletion", { keyId: example.logKey, pendingWindowInDays: 7 }),
      call("kms", "DisableKey", { keyId: "22222222-3333-4444-5555-666666666666" }),
      call("kms", "PutKeyPolicy", { keyId: example.logKey, policyName: "default" }),
    ],
    pass: [call("kms", "EnableKey", { keyId: example.logKey })],
  },
};
