import type { ColumnDescription } from "./adopt-table.ts";
import { literal } from "./sql-text.ts";

const issuer = "struct<type:string,principalid:string,arn:string,accountid:string,username:string>";
const session =
  `struct<attributes:struct<mfaauthenticated:string,creationdate:string>,sessionissuer:${issuer},` +
  "ec2roledelivery:string,webidfederationdata:struct<federatedprovider:string,attributes:map<string,string>>>";

/**
 * The columns of a CloudTrail record, with Hive's types, as AWS's own serializer reads them.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html
 */
export const trailColumns: readonly ColumnDescription[] = [
  ["eventversion"],
  [
    "useridentity",
    "struct<type:string,principalid:string,arn:string,accountid:string,invokedby:string," +
      "accesskeyid:string,username:string,onbehalfof:struct<userid:string,identitystorearn:string>," +
      `sessioncontext:${session}>`,
  ],
  ["eventtime"],
  ["eventsource"],
  ["eventname"],
  ["awsregion"],
  ["sourceipaddress"],
  ["useragent"],
  ["errorcode"],
  ["errormessage"],
  ["requestparameters"],
  ["responseelements"],
  ["additionaleventdata"],
  ["requestid"],
  ["eventid"],
  ["readonly"],
  ["resources", "array<struct<arn:string,accountid:string,type:string>>"],
  ["eventtype"],
  ["apiversion"],
  ["recipientaccountid"],
  ["serviceeventdetails"],
  ["sharedeventid"],
  ["vpcendpointid"],
  ["vpcendpointaccountid"],
  ["eventcategory"],
  [
    "addendum",
    "struct<reason:string,updatedfields:string,originalrequestid:string,originaleventid:string>",
  ],
  ["sessioncredentialfromconsole"],
  ["edgedevicedetails"],
  ["tlsdetails", "struct<tlsversion:string,ciphersuite:string,clientprovidedhostheader:string>"],
].map(([name = "", type = "string"]) => ({ name, type }));

/** Names of the partitions that the table has. */
export const trailPartitions = { account: "account", region: "region", day: "day" } as const;

/** What a table of an organization trail is made of. */
export interface TrailTable {
  /** Names, each of letters, digits and `_`. */
  readonly database: string;
  readonly table: string;
  /** Where the organization's folder is: `s3://BUCKET/PREFIX/AWSLogs/o-ID/`. */
  readonly location: string;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** First day of the logs, `YYYY-MM-DD`. */
  readonly from: string;
}

/**
 * The statement that creates a table over the logs of an organization trail. Partitions are projected:
 * Athena lists the folders of those accounts, Regions and days only that a query asks for, and none
 * has to be added as days go by. Accounts that join need the table to be made anew.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 */
export function createTrailTable(trail: TrailTable): string {
  const { database, table, accounts, regions } = trail;
  const location = trail.location.replace(/\/*$/, "/");
  const { account, region, day } = trailPartitions;
  const properties: readonly (readonly [string, string])[] = [
    ["projection.enabled", "true"],
    [`projection.${account}.type`, "enum"],
    [`projection.${account}.values`, [...accounts].sort().join(",")],
    [`projection.${region}.type`, "enum"],
    [`projection.${region}.values`, [...regions].sort().join(",")],
    [`projection.${day}.type`, "date"],
    [`projection.${day}.format`, "yyyy/MM/dd"],
    [`projection.${day}.range`, `${trail.from.replaceAll("-", "/")},NOW`],
    [`projection.${day}.interval`, "1"],
    [`projection.${day}.interval.unit`, "DAYS"],
    ["storage.location.template", `${location}\${${account}}/CloudTrail/\${${region}}/\${${day}}`],
  ];
  return `CREATE EXTERNAL TABLE IF NOT EXISTS \`${database}\`.\`${table}\` (
  ${trailColumns.map(({ name, type }) => `\`${name}\` ${type}`).join(",\n  ")}
)
COMMENT 'Logs of the organization trail, by orgrail'
PARTITIONED BY (\`${account}\` string, \`${region}\` string, \`${day}\` string)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION ${literal(location)}
TBLPROPERTIES (
  ${properties.map(([name, value]) => `${literal(name)} = ${literal(value)}`).join(",\n  ")}
)`;
}
