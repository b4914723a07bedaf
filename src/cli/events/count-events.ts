import { openLakeQuery } from "../../logs/duckdb/open-lake-query.ts";
import { openLake } from "../../logs/lake/lake.ts";
import type { EventCounts } from "../../trails/usage.ts";

const dayMs = 86_400_000;
/** Days that are looked at. */
const lookBackDays = 30;

/**
 * Counts the management events of the last 30 days in a lake, by account, Region, source and whether
 * they only read. An event that two trails brought is counted once. `undefined`: there are none.
 */
export async function countEvents(
  folder: string,
  nowMs: number,
  signal: AbortSignal,
): Promise<EventCounts | undefined> {
  const from = new Date(nowMs - lookBackDays * dayMs).toISOString().slice(0, 10);
  const query = await openLakeQuery(await openLake(folder), { from, signal });
  try {
    const isManagement = "coalesce(managementEvent, eventCategory = 'Management', true)";
    const all = async (sql: string): Promise<readonly (readonly unknown[])[]> => {
      const rows: (readonly unknown[])[] = [];
      for await (const part of (await query.run(sql)).rows()) rows.push(...part);
      return rows;
    };
    const [span] = await all(
      `SELECT epoch_ms(min(eventTime)), epoch_ms(max(eventTime)) FROM events WHERE ${isManagement}`,
    );
    const [first, last] = (span ?? []).map((value) =>
      value === null ? Number.NaN : Number(value),
    );
    if (first === undefined || last === undefined || Number.isNaN(first)) return undefined;
    const lines = await all(
      "SELECT recipientAccountId, awsRegion, coalesce(readOnly, false), eventSource, " +
        `count(DISTINCT eventID) FROM events WHERE ${isManagement} GROUP BY ALL ORDER BY ALL`,
    );
    return {
      days: Math.max(1, Math.ceil((last - first) / dayMs)),
      lines: lines.map(([account, region, readOnly, source, events]) => ({
        account: String(account),
        region: String(region),
        access: readOnly === true ? "read" : "write",
        source: String(source),
        events: Number(events),
      })),
    };
  } finally {
    await query.close();
  }
}
