import { type ColumnType, parseColumnType } from "./column-type.ts";
import type { DayPartition, EventField, EventTable } from "./event-table.ts";
import { identifier } from "./sql-text.ts";

/** A column as an engine describes it. */
export interface ColumnDescription {
  readonly name: string;
  readonly type: string;
  readonly isPartition?: boolean;
}

/** What a table is taken for, or what it lacks. */
export type Adopted =
  | {
      readonly table: EventTable;
      /** Fields that the table does not have; what policies ask of them stays possible. */
      readonly lacks: readonly string[];
    }
  | { readonly problems: readonly string[] };

/** Where CloudTrail's own form has a field, by path, and the column of orgrail's lake. */
const places: readonly (readonly [EventField, path: string, needed?: "needed"])[] = [
  ["eventSource", "eventsource", "needed"],
  ["eventName", "eventname", "needed"],
  ["awsRegion", "awsregion", "needed"],
  ["identityType", "useridentity.type", "needed"],
  ["identityArn", "useridentity.arn", "needed"],
  ["identityAccountId", "useridentity.accountid", "needed"],
  ["sessionIssuerArn", "useridentity.sessioncontext.sessionissuer.arn", "needed"],
  ["recipientAccountId", "recipientaccountid", "needed"],
  ["errorCode", "errorcode", "needed"],
  ["errorMessage", "errormessage", "needed"],
  ["identityInvokedBy", "useridentity.invokedby", "needed"],
  ["eventID", "eventid"],
  ["eventType", "eventtype"],
  ["eventCategory", "eventcategory"],
  ["identityPrincipalId", "useridentity.principalid"],
  ["identityAccessKeyId", "useridentity.accesskeyid"],
  ["identityUserName", "useridentity.username"],
  ["sessionIssuerAccountId", "useridentity.sessioncontext.sessionissuer.accountid"],
  ["sessionMfaAuthenticated", "useridentity.sessioncontext.attributes.mfaauthenticated"],
  ["sessionCreationDate", "useridentity.sessioncontext.attributes.creationdate"],
  ["sourceIPAddress", "sourceipaddress"],
  ["vpcEndpointId", "vpcendpointid"],
  ["userAgent", "useragent"],
  ["requestParameters", "requestparameters"],
];

/**
 * Finds the fields of events in a table's columns: those of CloudTrail's table in Athena, whose
 * `useridentity` is a struct, or those of orgrail's lake. `name` is as SQL writes it.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-understanding.html
 */
export function adoptTable(
  name: string,
  columns: readonly ColumnDescription[],
  options: {
    /** How the partition of days is written, where the engine knows. */
    readonly dayFormat?: string;
  } = {},
): Adopted {
  const types = new Map(
    columns.map(({ name: column, type }) => [column.toLowerCase(), parseColumnType(type)]),
  );
  const names = new Map(columns.map(({ name: column }) => [column.toLowerCase(), column]));
  const problems: string[] = [];
  const lacks: string[] = [];
  const fields: Partial<Record<EventField, string>> = {};
  for (const [field, path, needed] of places) {
    const found = textAt(types, path) ?? textAt(types, field.toLowerCase());
    if (found !== undefined) fields[field] = expression(names, found);
    else if (needed !== undefined) problems.push(`no text \`${path}\``);
    else lacks.push(path);
  }
  const timeKind = types.get("eventtime")?.kind;
  if (timeKind !== "text" && timeKind !== "timestamp" && timeKind !== "zoned") {
    problems.push("no time or text `eventtime`");
    return { problems };
  }
  if (problems.length > 0) return { problems };
  const resources = types.get("resources");
  const hasRows =
    resources?.kind === "rows" &&
    ["arn", "accountid"].every((member) => resources.members.get(member)?.kind === "text");
  if (!hasRows && resources?.kind !== "text") lacks.push("resources");
  const day = dayPartition(columns, types, options.dayFormat);
  const account = columns.find(
    ({ name: column, isPartition }) => isPartition === true && /^account(_?id)?$/i.test(column),
  );
  return {
    table: {
      name,
      fields,
      time: { column: expression(names, "eventtime"), kind: timeKind },
      ...(hasRows || resources?.kind === "text"
        ? {
            resources: {
              column: expression(names, "resources"),
              kind: hasRows ? ("rows" as const) : ("json" as const),
            },
          }
        : {}),
      ...(day === undefined ? {} : { day }),
      ...(account === undefined ? {} : { account: identifier(account.name) }),
    },
    lacks,
  };
}

function memberAt(types: ReadonlyMap<string, ColumnType>, path: string): ColumnType | undefined {
  let members: ReadonlyMap<string, ColumnType> = types;
  let found: ColumnType | undefined;
  for (const part of path.split(".")) {
    found = members.get(part);
    if (found === undefined) return undefined;
    members = found.kind === "row" ? found.members : new Map();
  }
  return found;
}

function textAt(types: ReadonlyMap<string, ColumnType>, path: string): string | undefined {
  return memberAt(types, path)?.kind === "text" ? path : undefined;
}

function expression(names: ReadonlyMap<string, string>, path: string): string {
  const [column = "", ...members] = path.split(".");
  return [identifier(names.get(column) ?? column), ...members.map(identifier)].join(".");
}

const formats: readonly string[] = ["yyyy/MM/dd", "yyyy-MM-dd", "yyyyMMdd"];

function dayPartition(
  columns: readonly ColumnDescription[],
  types: ReadonlyMap<string, ColumnType>,
  told: string | undefined,
): DayPartition | undefined {
  const found = columns.find(
    ({ name, isPartition }) =>
      isPartition === true && /^(day|date|dt|ds|event_?day|event_?date|timestamp)$/i.test(name),
  );
  if (found === undefined) return undefined;
  const column = identifier(found.name);
  const kind = types.get(found.name.toLowerCase())?.kind;
  if (kind === "date") return { column, format: "date" };
  if (kind !== "text" || told === undefined || !formats.includes(told)) return undefined;
  return { column, format: told as DayPartition["format"] };
}
