import { call, example } from "../../example/event.ts";
import { accountOf, requestText, requestTexts } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";
import { sharedWith } from "../../sharing.ts";

/** A document of Systems Manager is shared with everybody, or outside of the organization. */
export const shareDocument: DetectRule = {
  id: "ssm/share-document",
  title: "A Systems Manager document is shared with the outside",
  severity: "high",
  why: "Documents hold scripts, host names and at times secrets.",
  remedy: "Take the permission back, and block public sharing of documents in the Region.",
  sources: [
    "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ModifyDocumentPermission.html",
  ],
  events: events("ssm", "ModifyDocumentPermission"),
  counts: "success",
  evaluate: (event, facts) => {
    const shared = sharedWith(requestTexts(event, "accountIdsToAdd"), facts, accountOf(event));
    if (shared === undefined) return undefined;
    const name = requestText(event, "name");
    return {
      verb: ["share", "shared"],
      object: `the document ${name ?? "(not named)"} with ${shared.words}`,
      ...(name === undefined ? {} : { resource: name }),
      unknown: shared.unknown,
    };
  },
  example: {
    hit: [
      call("ssm", "ModifyDocumentPermission", { name: "patch", accountIdsToAdd: ["all"] }),
      call("ssm", "ModifyDocumentPermission", { name: "patch", accountIdsToAdd: ["All"] }),
    ],
    pass: [
      call("ssm", "ModifyDocumentPermission", { name: "patch", accountIdsToAdd: [example.audit] }),
    ],
  },
};
