import { randomUUID } from "node:crypto";
import { InputError } from "../../../core/app-error.ts";
import { createTrailTable } from "../../../impact/sql/create-trail-table.ts";
import { createAthenaClient } from "../../../logs/athena/athena-client.ts";
import { parseTableName, readWorkgroup } from "../../../logs/athena/athena-place.ts";
import { findTrailFolders } from "../../../logs/athena/find-trail-folders.ts";
import type { Run } from "../../command.ts";
import { connect } from "../../connect.ts";
import { progressOf } from "../../make-plan.ts";
import { parseTime } from "../../parse-time.ts";
import { counted } from "../../words.ts";
import type { LogsTableOptions } from "./table.command.ts";

const usualTable = "security.cloudtrail";

/** Writes the statement of a trail's table, and creates it when asked to. */
export const run: Run<LogsTableOptions> = async (deps, options, words) => {
  const location = locationOf(words[0] ?? "");
  const { table: told = usualTable, workgroup = "primary", output, from } = options;
  const { catalog, database, table } = parseTableName(told);
  if (![database, table].every((name) => /^\w+$/.test(name))) {
    throw new InputError(
      "ORGRAIL5345",
      `\`${told}\` is no name for a table`,
      [],
      "use letters, digits and _",
    );
  }
  const progress = progressOf(deps);
  const aws = await connect(deps, { progress });
  try {
    progress.stage("looking at the bucket:");
    const found = await findTrailFolders(aws, location, deps.signal);
    progress.end();
    const accounts = wanted(found.accounts, options.accounts);
    const regions = wanted(found.regions, options.regions);
    if (accounts.length === 0 || regions.length === 0 || found.firstYear === undefined) {
      throw new InputError(
        "ORGRAIL5345",
        `there are no logs of an organization trail in \`${location}\`${found.gaps.length > 0 ? ", as far as it may be listed" : ""}`,
        [],
        "the folder of the organization's id holds one folder an account: s3://BUCKET/AWSLogs/o-ID/",
      );
    }
    const first =
      from === undefined
        ? `${found.firstYear}-01-01`
        : new Date(parseTime(from, "--from", deps.clock.now())).toISOString().slice(0, 10);
    const sql = createTrailTable({ database, table, location, accounts, regions, from: first });
    const result = { table: `${database}.${table}`, accounts, regions, from: first, sql };
    const { gaps } = found;
    const exit = gaps.length > 0 ? ("gaps" as const) : ("done" as const);
    if (!options.create) {
      return {
        result: { ...result, created: false },
        gaps,
        exit,
        text: () => `${sql};`,
        next: "--create runs it in Athena",
      };
    }
    const group = await readWorkgroup(aws, workgroup, deps.signal);
    if (output === undefined && group.output === undefined && !group.managesOutput) {
      throw new InputError(
        "ORGRAIL5340",
        `the workgroup \`${workgroup}\` has no place for answers`,
        [],
        "--output s3://BUCKET/PREFIX/",
      );
    }
    const client = createAthenaClient({
      aws,
      workgroup,
      ...(output === undefined || group.isEnforced ? {} : { output }),
      catalog,
      database,
      token: randomUUID,
      signal: deps.signal,
    });
    const { queryId } = await client.run(sql);
    return {
      result: { ...result, created: true, queryId },
      gaps,
      exit,
      text: () =>
        `The table ${database}.${table} has the logs of ${counted(accounts.length, "account")} in ` +
        `${counted(regions.length, "Region")} since ${first}.`,
      next: `ask it: orgrail impact POLICY --target TARGET --engine athena --table ${database}.${table} --since 30d`,
    };
  } finally {
    progress.end();
    aws.close();
  }
};

/** Those that are there, or those of them that are wanted. */
function wanted(found: readonly string[], only: readonly string[]): readonly string[] {
  return only.length === 0 ? found : found.filter((one) => only.includes(one));
}

/** The place, which becomes part of a statement: it may hold nothing that statements are made of. */
function locationOf(word: string): string {
  if (/^s3:\/\/[a-z0-9][a-z0-9.-]+\/[\w./=+-]+$/.test(word))
    return word.endsWith("/") ? word : `${word}/`;
  throw new InputError(
    "ORGRAIL5345",
    `\`${word}\` is no folder of an organization trail`,
    [],
    "write s3://BUCKET/AWSLogs/o-ID/",
  );
}
