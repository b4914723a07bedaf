import { call } from "../../example/event.ts";
import { regionOf, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

const things: Readonly<Record<string, string>> = {
  DisableSnapshotBlockPublicAccess: "the block of public snapshots",
  DisableImageBlockPublicAccess: "the block of public images",
  DisableEbsEncryptionByDefault: "the encryption of new volumes",
  EnableSerialConsoleAccess: "the block of the serial console",
};

/** A default of EC2 that guards an account and Region is switched off. */
export const weakenDefaults: DetectRule = {
  id: "ec2/weaken-defaults",
  title: "A protective default of EC2 is switched off",
  severity: "high",
  levels: "Medium for the serial console.",
  why: "These defaults hold for a whole account and Region, so that nobody has to think of them.",
  remedy: "Switch it on again, better by a declarative policy of the organization.",
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableSnapshotBlockPublicAccess.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableEbsEncryptionByDefault.html",
  ],
  events: events("ec2", ...Object.keys(things)),
  counts: "success",
  evaluate: (event) => {
    const mode = requestText(event, "DisableSnapshotBlockPublicAccessRequest", "State");
    return {
      severity: event.eventName === "EnableSerialConsoleAccess" ? "medium" : "high",
      verb: ["switch off", "switched off"],
      object: `${things[event.eventName ?? ""] ?? "a default"} in ${regionOf(event)}${mode === undefined ? "" : ` (${mode})`}`,
    };
  },
  example: {
    hit: [
      call("ec2", "DisableEbsEncryptionByDefault", { DisableEbsEncryptionByDefaultRequest: "" }),
      call("ec2", "DisableSnapshotBlockPublicAccess", null),
    ],
    pass: [call("ec2", "EnableEbsEncryptionByDefault", null)],
  },
};
