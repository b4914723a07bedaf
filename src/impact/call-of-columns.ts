import type { CallColumn } from "../core/call-groups.ts";
import type { CloudTrailEvent, EventIdentity } from "../core/event.ts";
import type { Json } from "../core/json.ts";
import { type Call, type CallKey, outcomes } from "./call.ts";
import type { RecordColumn } from "./record-columns.ts";

/** A column that calls are grouped by. */
export type GroupColumn = CallColumn | RecordColumn;

/**
 * Calls that were grouped by columns, as one call: its key, and of its record what the columns tell.
 * Empty texts are none. `errorClass` gives the outcome.
 */
export function callOfColumns(
  text: (column: GroupColumn) => string | undefined,
  group: { readonly count: number; readonly first?: string; readonly last?: string },
): Call {
  const errorClass = text("errorClass");
  const key = {
    ...present({
      recipientAccountId: text("recipientAccountId"),
      awsRegion: text("awsRegion"),
      eventSource: text("eventSource"),
      eventName: text("eventName"),
      eventType: text("eventType"),
      eventCategory: text("eventCategory"),
      identityType: text("identityType"),
      principal: text("principal"),
      principalAccountId: text("principalAccountId"),
      invokedBy: text("invokedBy"),
    }),
    outcome: outcomes.find((one) => one === errorClass) ?? "none",
  } as CallKey;
  const attributes = present({
    mfaAuthenticated: text("sessionMfaAuthenticated"),
    creationDate: text("sessionCreationDate"),
  });
  const identity = present({
    type: key.identityType,
    principalId: text("identityPrincipalId"),
    userName: text("identityUserName"),
    accessKeyId: text("accessKeyKind"),
    sessionContext: Object.keys(attributes).length === 0 ? undefined : { attributes },
  }) as EventIdentity;
  const event = present({
    eventTime: text("eventTime"),
    errorMessage: text("errorMessage"),
    sourceIPAddress: text("sourceIPAddress"),
    userAgent: text("userAgent"),
    vpcEndpointId: text("vpcEndpointId"),
    requestParameters: json(text("requestParameters")),
    resources: json(text("resources")),
    userIdentity: identity,
  }) as CloudTrailEvent;
  return { key, ...group, event };
}

function json(text: string | undefined): Json | undefined {
  if (text === undefined || text === "") return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    // The record was read once; what is no JSON any more tells nothing.
    return undefined;
  }
}

function present(members: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== ""),
  );
}
