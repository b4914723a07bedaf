import { call } from "../../example/event.ts";
import { requestFlag, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** An event data store of CloudTrail Lake is deleted, stopped or left unprotected. */
export const weakenEventDataStore: DetectRule = {
  id: "cloudtrail/weaken-event-data-store",
  title: "An event data store is deleted, stopped or left unprotected",
  severity: "high",
  why: "An event data store may be the only copy of years of events. Without termination protection it is one call away from deletion.",
  remedy: "Restore it within seven days (RestoreEventDataStore), or protect it again.",
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DeleteEventDataStore.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateEventDataStore.html",
  ],
  events: events(
    "cloudtrail",
    "DeleteEventDataStore",
    "StopEventDataStoreIngestion",
    "UpdateEventDataStore",
  ),
  counts: "attempts",
  evaluate: (event) => {
    const isUpdate = event.eventName === "UpdateEventDataStore";
    const isUnprotected = requestFlag(event, "terminationProtectionEnabled") === false;
    if (isUpdate && !isUnprotected) return undefined;
    const store = requestText(event, "eventDataStore");
    const isDelete = event.eventName === "DeleteEventDataStore";
    return {
      verb: isUpdate
        ? ["unprotect", "unprotected"]
        : isDelete
          ? ["delete", "deleted"]
          : ["stop", "stopped"],
      object: store === undefined ? "an event data store" : `the event data store \`${store}\``,
      ...(store === undefined ? {} : { resource: store }),
    };
  },
  example: {
    hit: [
      call("cloudtrail", "DeleteEventDataStore", { eventDataStore: "EXAMPLE-f852-4e8f" }),
      call("cloudtrail", "StopEventDataStoreIngestion", { eventDataStore: "EXAMPLE-f852-4e8f" }),
      call("cloudtrail", "UpdateEventDataStore", {
        eventDataStore: "EXAMPLE-f852-4e8f",
        terminationProtectionEnabled: false,
      }),
    ],
    pass: [
      call("cloudtrail", "UpdateEventDataStore", {
        eventDataStore: "EXAMPLE-f852-4e8f",
        name: "events",
      }),
    ],
  },
};
