import { call, example } from "../../example/event.ts";
import { accountOf, requestText, requestTexts } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";
import { sharedWith } from "../../sharing.ts";

/** A snapshot of a database is shared with everybody, or outside of the organization. */
export const shareSnapshot: DetectRule = {
  id: "rds/share-snapshot",
  title: "A database snapshot is shared with the outside",
  severity: "high",
  why: "A shared snapshot is the whole database given away.",
  remedy: "Take the permission back; treat the data as lost.",
  sources: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBSnapshotAttribute.html",
  ],
  events: events("rds", "ModifyDBSnapshotAttribute", "ModifyDBClusterSnapshotAttribute"),
  counts: "success",
  evaluate: (event, facts) => {
    const shared = sharedWith(requestTexts(event, "valuesToAdd"), facts, accountOf(event));
    if (shared === undefined) return undefined;
    const snapshot =
      requestText(event, "dBSnapshotIdentifier") ??
      requestText(event, "dBClusterSnapshotIdentifier");
    return {
      verb: ["share", "shared"],
      object: `the snapshot ${snapshot ?? "(not named)"} with ${shared.words}`,
      ...(snapshot === undefined ? {} : { resource: snapshot }),
      unknown: shared.unknown,
    };
  },
  example: {
    hit: [
      call("rds", "ModifyDBSnapshotAttribute", {
        dBSnapshotIdentifier: "customers",
        attributeName: "restore",
        valuesToAdd: ["all"],
      }),
      call("rds", "ModifyDBClusterSnapshotAttribute", {
        dBClusterSnapshotIdentifier: "customers",
        attributeName: "restore",
        valuesToAdd: [example.stranger],
      }),
    ],
    pass: [
      call("rds", "ModifyDBSnapshotAttribute", {
        dBSnapshotIdentifier: "customers",
        attributeName: "restore",
        valuesToAdd: [example.audit],
      }),
      call("rds", "ModifyDBSnapshotAttribute", {
        dBSnapshotIdentifier: "customers",
        attributeName: "restore",
        valuesToRemove: ["all"],
      }),
    ],
  },
};
