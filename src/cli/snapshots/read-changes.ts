import type { CloudTrailEvent } from "../../core/event.ts";
import type { ChangeEvent } from "../../coverage/causes.ts";
import { openLakeQuery } from "../../logs/duckdb/open-lake-query.ts";
import { openLake } from "../../logs/lake/lake.ts";
import { readEvents } from "../../logs/read/read-events.ts";
import { lakeFolder } from "../commands/logs/lake-folder.ts";
import { connect } from "../connect.ts";
import type { Deps } from "../deps.ts";
import { isInS3, logSources } from "../events/log-sources.ts";

/** Where events are looked for, and which. */
export interface ChangeQuery {
  readonly lake: string | undefined;
  readonly logs: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  /** IAM actions; of `organizations` all that write. */
  readonly actions: ReadonlySet<string>;
}

/** Events that changed something between two times, from a lake or from logs, the oldest first. */
export async function readChanges(deps: Deps, query: ChangeQuery): Promise<readonly ChangeEvent[]> {
  const found =
    query.lake === undefined
      ? await fromLogs(deps, query)
      : await fromLake(deps, query, query.lake);
  return found.sort((a, b) => (a.time < b.time ? -1 : 1));
}

/** More are not held: what happened in between is then said by part. */
const mostEvents = 200_000;

async function fromLake(
  deps: Deps,
  { fromMs, toMs, actions }: ChangeQuery,
  folder: string,
): Promise<ChangeEvent[]> {
  const lake = await openLake(await lakeFolder(deps, folder));
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const opened = await openLakeQuery(lake, {
    signal: deps.signal,
    from: day(fromMs),
    to: day(toMs),
  });
  const time = (ms: number): string => `TIMESTAMP '${new Date(ms).toISOString().slice(0, 19)}'`;
  const names = [...new Set([...actions].map((action) => action.split(":")[1] ?? ""))];
  try {
    const answer = await opened.run(
      `SELECT eventID, strftime(eventTime, '%Y-%m-%dT%H:%M:%SZ'), eventSource, eventName, awsRegion,
         recipientAccountId, sessionIssuerArn, identityArn, identityInvokedBy, sourceIPAddress,
         requestParameters, responseElements
       FROM events
       WHERE eventTime > ${time(fromMs)} AND eventTime <= ${time(toMs)} AND errorCode IS NULL
         AND readOnly IS DISTINCT FROM true
         AND (eventSource = 'organizations.amazonaws.com'
           OR regexp_replace(eventName, '[0-9]{8}(v[0-9]+)?$', '') IN (${names.map((name) => `'${name.replaceAll("'", "''")}'`).join(", ")}))
       LIMIT ${mostEvents}`,
    );
    const events: ChangeEvent[] = [];
    for await (const rows of answer.rows()) {
      for (const row of rows) {
        const [id, at, source, name, region, account, issuer, arn, by, address, input, output] =
          row.map((value) => (value === null ? undefined : String(value)));
        const action = actionOf(source, name);
        if (!isWanted(action, actions)) continue;
        events.push({
          id: id ?? "",
          time: at ?? "",
          action,
          account: account ?? "",
          region: region ?? "",
          actor: arn ?? issuer ?? by ?? "unknown",
          address: address ?? null,
          about: `${input ?? ""} ${output ?? ""}`,
        });
      }
    }
    return events;
  } finally {
    await opened.close();
  }
}

async function fromLogs(deps: Deps, query: ChangeQuery): Promise<ChangeEvent[]> {
  const { logs, fromMs, toMs, actions } = query;
  const aws = logs.some(isInS3) ? await connect(deps) : undefined;
  // Files are named by their delivery, which is never before the event.
  const selection = { from: new Date(fromMs).toISOString().slice(0, 10) };
  const events: ChangeEvent[] = [];
  try {
    for (const source of logSources(deps, logs, selection, aws)) {
      for await (const { events: batch } of readEvents(source, { signal: deps.signal })) {
        for (const event of batch) {
          const changed = changeOf(event);
          const atMs = Date.parse(changed.time);
          if (event.errorCode !== undefined || event.readOnly === true) continue;
          if (!isWanted(changed.action, actions) || !(atMs > fromMs && atMs <= toMs)) continue;
          events.push(changed);
        }
      }
    }
    return events;
  } finally {
    aws?.close();
  }
}

function changeOf(event: CloudTrailEvent): ChangeEvent {
  const { userIdentity: who = {}, requestParameters: input, responseElements: output } = event;
  return {
    id: event.eventID ?? "",
    time: event.eventTime ?? "",
    action: actionOf(event.eventSource, event.eventName),
    account: event.recipientAccountId ?? "",
    region: event.awsRegion ?? "",
    actor: who.arn ?? who.sessionContext?.sessionIssuer?.arn ?? who.invokedBy ?? "unknown",
    address: event.sourceIPAddress ?? null,
    about: `${JSON.stringify(input ?? null)} ${JSON.stringify(output ?? null)}`,
  };
}

/** The IAM action of an event; names of older APIs bear a date, as `UpdateFunction20150331` does. */
function actionOf(source = "", name = ""): string {
  return `${source.replace(/\.amazonaws\.com(\.cn)?$/, "")}:${name.replace(/\d{8}(v\d+)?$/, "")}`;
}

function isWanted(action: string, actions: ReadonlySet<string>): boolean {
  return actions.has(action) || action.startsWith("organizations:");
}
