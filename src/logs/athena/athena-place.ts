import type { Aws, CallOptions } from "../../aws/aws.ts";
import { InputError } from "../../core/app-error.ts";
import { athena } from "../../data/athena.ts";

/** A table of Athena's. */
export interface AthenaTableName {
  readonly catalog: string;
  readonly database: string;
  readonly table: string;
}

/** A workgroup, as far as it bears on a query. */
export interface AthenaWorkgroup {
  /** Where it keeps results; absent where each query says it, or Athena keeps them itself. */
  readonly output?: string;
  readonly managesOutput: boolean;
  /** Whether its settings win over a query's. */
  readonly isEnforced: boolean;
  /** A query that reads more is stopped by Athena. */
  readonly cutoffBytes?: number;
}

/** A table as Athena describes it. */
export interface AthenaTable {
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly isPartition: boolean;
  }[];
  /** `s3://BUCKET/PREFIX`, where the table says it. */
  readonly location?: string;
  /** How the values of a projected partition of dates are written, by column. */
  readonly dayFormats: ReadonlyMap<string, string>;
}

/** Reads `DATABASE.TABLE` or `CATALOG.DATABASE.TABLE`. Throws ORGRAIL4386. */
export function parseTableName(name: string): AthenaTableName {
  const parts = name.split(".");
  const isSound = parts.every((part) => /^[\w-]{1,128}$/.test(part));
  if (!isSound || parts.length < 2 || parts.length > 3) {
    throw new InputError(
      "ORGRAIL4386",
      `\`${name}\` names no table`,
      [],
      "write DATABASE.TABLE, or CATALOG.DATABASE.TABLE",
    );
  }
  const [table = "", database = "", catalog = "AwsDataCatalog"] = [...parts].reverse();
  return { catalog, database, table };
}

/** Reads a workgroup. Throws ORGRAIL4386 when queries cannot run in it, and AwsErrors. */
export async function readWorkgroup(
  aws: Aws,
  name: string,
  signal: AbortSignal | undefined,
): Promise<AthenaWorkgroup> {
  const { WorkGroup: found } = await aws.call(
    "athena",
    "GetWorkGroup",
    { WorkGroup: name },
    at(aws, signal),
  );
  const settings = found?.Configuration ?? {};
  if (found?.State === "DISABLED") {
    throw new InputError(
      "ORGRAIL4386",
      `the workgroup \`${name}\` is disabled`,
      [],
      "--workgroup names another",
    );
  }
  const engine = settings.EngineVersion?.EffectiveEngineVersion ?? "";
  const version = Number(/version (\d+)/i.exec(engine)?.[1] ?? athena.engineVersion);
  if (version < athena.engineVersion || /spark/i.test(engine)) {
    throw new InputError(
      "ORGRAIL4386",
      `the workgroup \`${name}\` runs ${engine}`,
      [],
      `the queries are written for Athena engine version ${athena.engineVersion}`,
    );
  }
  const output = settings.ResultConfiguration?.OutputLocation;
  const cutoffBytes = settings.BytesScannedCutoffPerQuery;
  return {
    ...(output === undefined || output === "" ? {} : { output }),
    managesOutput: settings.ManagedQueryResultsConfiguration?.Enabled === true,
    isEnforced: settings.EnforceWorkGroupConfiguration === true,
    ...(cutoffBytes === undefined ? {} : { cutoffBytes }),
  };
}

/** Reads what Athena knows of a table; `undefined` when there is none. Throws AwsErrors. */
export async function readTable(
  aws: Aws,
  name: AthenaTableName,
  workgroup: string,
  signal: AbortSignal | undefined,
): Promise<AthenaTable | undefined> {
  const { catalog, database, table } = name;
  const { TableMetadata: found } = await aws.call(
    "athena",
    "GetTableMetadata",
    { CatalogName: catalog, DatabaseName: database, TableName: table, WorkGroup: workgroup },
    at(aws, signal),
  );
  if (found === undefined) return undefined;
  const parameters = found.Parameters ?? {};
  const columns = [
    ...(found.Columns ?? []).map((one) => ({ ...one, isPartition: false })),
    ...(found.PartitionKeys ?? []).map((one) => ({ ...one, isPartition: true })),
  ].map(({ Name = "", Type = "", isPartition }) => ({ name: Name, type: Type, isPartition }));
  const formats = columns.flatMap(({ name: column }): [string, string][] => {
    const format = parameters[`projection.${column.toLowerCase()}.format`];
    return format === undefined ? [] : [[column, format]];
  });
  const { location } = parameters;
  return {
    columns,
    ...(location === undefined ? {} : { location }),
    dayFormats: new Map(formats),
  };
}

function at(aws: Aws, signal: AbortSignal | undefined): CallOptions {
  return { region: aws.region, ...(signal === undefined ? {} : { signal }) };
}
