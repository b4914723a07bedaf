import type { Statement } from "../../policy/types.ts";
import { lookedAt } from "../looked-at.ts";
import type { RecordColumn } from "../record-columns.ts";
import type { PolicyStatement } from "./statement-predicate.ts";

/** What SQL asks of records. */
export type AskedColumn = Exclude<RecordColumn, "errorMessage">;

/** By what a record tells: the column of the SQL. */
export const recordAliases: Readonly<Record<AskedColumn, string>> = {
  eventTime: "call_time",
  requestParameters: "parameters",
  resources: "resource_list",
  sourceIPAddress: "source_ip",
  userAgent: "user_agent",
  vpcEndpointId: "vpc_endpoint",
  identityPrincipalId: "user_id",
  identityUserName: "user_name",
  accessKeyKind: "key_kind",
  sessionMfaAuthenticated: "mfa",
  sessionCreationDate: "token_time",
};

/** What SQL can ask of records, in order. */
export const askedColumns: readonly AskedColumn[] = Object.keys(recordAliases) as AskedColumn[];

/** What of a record a statement looks at, in order. */
export function recordNeeds({ policy, statement }: PolicyStatement): readonly AskedColumn[] {
  const only: readonly Statement[] = [statement];
  const { columns, resource } = lookedAt([{ ...policy, statements: only }]);
  return askedColumns.filter(
    (column) =>
      columns.includes(column) ||
      (resource && (column === "requestParameters" || column === "resources")),
  );
}
