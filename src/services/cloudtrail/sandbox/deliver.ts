import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { digest } from "../../../core/digest.ts";
import type { CloudTrailEvent } from "../../../core/event.ts";
import type { World } from "../../../sandbox/world.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { bucketsSlot } from "../../kit/sandbox-storage.ts";
import { bucketProblem, logFolders } from "./check-trail.ts";
import { deliverDueDigests, noteLogFile } from "./digests.ts";
import { type EventRecord, eventsSlot } from "./events.ts";
import { type TrailRecord, trailsSlot } from "./state.ts";

/**
 * Writes the events that are minutes old into the buckets of all trails that log them, one file an
 * account, Region and delivery; and the digests of hours that are over.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-find-log-files.html
 */
export function deliverDueEvents(world: World): void {
  deliverLogs(world);
  deliverDueDigests(world);
}

function deliverLogs(world: World): void {
  const state = world.state(eventsSlot);
  if (state.undelivered === 0) return;
  const first = state.events.length - state.undelivered;
  const dueBefore = world.clock.now() - state.deliveryMs;
  if ((state.events[first]?.at ?? 0) > dueBefore) return;
  const due: EventRecord[] = [];
  for (let index = first; index < state.events.length; index += 1) {
    const event = state.events[index];
    if (event === undefined || event.at > dueBefore) break;
    due.push(event);
  }
  state.undelivered -= due.length;
  for (const trail of world.state(trailsSlot).trails.values()) {
    if (bucketProblem(world, trail) === undefined) deliver(world, trail, due);
  }
}

function deliver(world: World, trail: TrailRecord, due: readonly EventRecord[]): void {
  const files = new Map<string, EventRecord[]>();
  const organization = organizationWith(world, trail.account)?.id;
  const wanted = logsEvent(trail);
  for (const event of due) {
    const isCovered =
      event.account === trail.account ||
      (trail.settings.organization &&
        organization !== undefined &&
        organizationWith(world, event.account)?.id === organization);
    const isHere = trail.settings.multiRegion || event.region === trail.homeRegion;
    if (!isCovered || !isHere || !wasLogging(trail, event.at) || !wanted(event)) continue;
    const key = `${event.account}/${event.region}`;
    const file = files.get(key);
    if (file === undefined) files.set(key, [event]);
    else file.push(event);
  }
  for (const [key, events] of files) {
    const [account = "", region = ""] = key.split("/");
    putFile(world, trail, account, region, events);
  }
}

function wasLogging({ logging, startedAt, stoppedAt }: TrailRecord, at: number): boolean {
  if (startedAt === undefined || at < startedAt) return false;
  return logging || at <= (stoppedAt ?? 0);
}

function putFile(
  world: World,
  trail: TrailRecord,
  account: string,
  region: string,
  events: readonly EventRecord[],
): void {
  const bucket = world.state(bucketsSlot).byName.get(trail.settings.bucket);
  const now = world.clock.now();
  const iso = new Date(now).toISOString();
  const folder = logFolders(world, trail).at(-1) ?? "AWSLogs";
  // An organization's folder holds one folder an account; a lone trail's folder is the account's.
  const base = trail.settings.organization ? `${folder}/${account}` : folder;
  const stamp = `${iso.slice(0, 10).replaceAll("-", "")}T${iso.slice(11, 16).replace(":", "")}Z`;
  const unique = digest(`${trail.arn}/${account}/${region}/${now}`).slice(0, 16);
  const name = `${account}_CloudTrail_${region}_${stamp}_${unique}.json.gz`;
  const key = `${base}/CloudTrail/${region}/${iso.slice(0, 10).replaceAll("-", "/")}/${name}`;
  const text = `{"Records":[${events.map(({ json }) => json).join(",")}]}`;
  const body = gzipSync(text);
  bucket?.objects.set(key, {
    body: Uint8Array.from(body),
    etag: `"${createHash("md5").update(body).digest("hex")}"`,
    contentType: "application/json",
    metadata: {},
    modifiedAt: now,
  });
  const times = events.map(({ at }) => at);
  noteLogFile(
    world,
    trail,
    { account, region },
    {
      key,
      hash: createHash("sha256").update(text).digest("hex"),
      at: now,
      oldest: Math.min(...times),
      newest: Math.max(...times),
    },
  );
}

/** Whether a trail's selectors let an event through. Only management events are recorded. */
function logsEvent(trail: TrailRecord): (event: EventRecord) => boolean {
  const { eventSelectors: basic, advancedEventSelectors: advanced } = trail;
  if (basic === undefined && advanced === undefined) return () => true;
  return ({ json }) => {
    const event = JSON.parse(json) as CloudTrailEvent;
    if (advanced === undefined) {
      return (basic ?? []).some(
        (selector) =>
          selector.IncludeManagementEvents !== false &&
          selector.ReadWriteType !== "ReadOnly" &&
          selector.ExcludeManagementEventSources?.includes(event.eventSource ?? "") !== true,
      );
    }
    const members: Readonly<Record<string, string | undefined>> = {
      eventCategory: event.eventCategory,
      readOnly: String(event.readOnly),
      eventSource: event.eventSource,
      eventName: event.eventName,
      eventType: event.eventType,
      errorCode: event.errorCode,
      "userIdentity.arn": event.userIdentity?.arn,
    };
    return advanced.some(({ FieldSelectors }) =>
      (FieldSelectors ?? []).every((selector) => {
        const is = members[selector.Field ?? ""] ?? "";
        const some = (values: string[] | undefined, test: (value: string) => boolean): boolean =>
          values === undefined || values.some(test);
        const none = (values: string[] | undefined, test: (value: string) => boolean): boolean =>
          values === undefined || !values.some(test);
        return (
          some(selector.Equals, (value) => is === value) &&
          some(selector.StartsWith, (value) => is.startsWith(value)) &&
          some(selector.EndsWith, (value) => is.endsWith(value)) &&
          none(selector.NotEquals, (value) => is === value) &&
          none(selector.NotStartsWith, (value) => is.startsWith(value)) &&
          none(selector.NotEndsWith, (value) => is.endsWith(value))
        );
      }),
    );
  };
}
