import type { Command } from "../../command.ts";

/** Options of `orgrail logs table`. */
export interface LogsTableOptions {
  readonly table: string | undefined;
  readonly from: string | undefined;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly create: boolean;
  readonly workgroup: string | undefined;
  readonly output: string | undefined;
}

/** `orgrail logs table`. */
export const logsTable: Command<LogsTableOptions> = {
  path: ["logs", "table"],
  group: "Events",
  summary: "Write, or create, the table of an organization trail's logs in Athena",
  description: [
    "Looks at the folders of the bucket and writes the statement for a table over them: its partitions " +
      "are projected from the accounts, Regions and days, so that a query reads no folder that it does " +
      "not ask for and no partition has to be added as days go by. When accounts join, make it anew.",
    "Nothing is changed without --create, which runs the statement in Athena. The database must be " +
      "there. A table that is there already is left as it is.",
  ],
  arguments: [
    {
      name: "LOCATION",
      description: "the organization's folder in the trail's bucket: s3://BUCKET/AWSLogs/o-ID/",
      required: true,
    },
  ],
  options: {
    table: {
      kind: "text",
      value: "NAME",
      description: "DATABASE.TABLE; security.cloudtrail when not said",
    },
    from: {
      kind: "text",
      value: "DAY",
      description: "first day, such as 2025-01-01; the first year that has logs when not said",
    },
    accounts: {
      kind: "list",
      value: "ID",
      description: "only this account (repeatable); all that have logs when not said",
    },
    regions: {
      kind: "list",
      value: "REGION",
      description: "only this Region (repeatable); all that have logs when not said",
    },
    create: { kind: "flag", description: "create the table" },
    workgroup: { kind: "text", value: "NAME", description: "of Athena; primary when not said" },
    output: {
      kind: "text",
      value: "S3URL",
      description: "where Athena keeps answers; the workgroup's place when not said",
    },
  },
  examples: [
    {
      command: "orgrail logs table s3://org-trail/AWSLogs/o-abc1234567/ --table security.trail",
      says: "print the statement",
    },
    {
      command:
        "orgrail logs table s3://org-trail/AWSLogs/o-abc1234567/ --table security.trail --create",
      says: "create the table",
    },
  ],
  exits: ["done", "failure", "gaps", "credentials"],
  load: async () => (await import("./table.ts")).run,
};
