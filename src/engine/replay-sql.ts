import type { Call } from "../impact/call.ts";
import { callOfGroup } from "../impact/sql/call-of-group.ts";
import type { ImpactQuery } from "../impact/sql/impact-query.ts";
import type { QueryAnswer } from "../logs/query-answer.ts";

/** What an engine's answer held. */
export interface ReplayedSql {
  /** Rows of the answer. */
  readonly groups: number;
  readonly events: number;
}

/** Gives the calls that an engine grouped to a sink. */
export async function replaySql(
  sink: { add(call: Call): void },
  query: ImpactQuery,
  answer: QueryAnswer,
): Promise<ReplayedSql> {
  let groups = 0;
  let events = 0;
  for await (const rows of answer.rows()) {
    for (const row of rows) {
      const call = callOfGroup(query.columns, row);
      sink.add(call);
      groups += 1;
      events += call.count;
    }
  }
  return { groups, events };
}
