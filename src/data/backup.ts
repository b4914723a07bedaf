import { everyRegion, type ServiceRegions } from "./service-regions.ts";

/** Facts of AWS Backup. */
export const backupFacts: {
  readonly asOf: string;
  readonly source: string;
  readonly principal: string;
  readonly regions: ServiceRegions;
  /** Resource types of service opt-in, and whether a new account has them. */
  readonly optInDefaults: Readonly<Record<string, boolean>>;
  /** Resource types of which AWS Backup manages backups fully when asked. */
  readonly managedTypes: readonly string[];
} = {
  asOf: "2026-11-22",
  source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_UpdateRegionSettings.html",
  principal: "backup.amazonaws.com",
  regions: everyRegion,
  optInDefaults: {
    Aurora: true,
    CloudFormation: false,
    DSQL: false,
    DocumentDB: true,
    DynamoDB: true,
    EBS: true,
    EC2: true,
    EFS: true,
    FSx: true,
    Neptune: true,
    RDS: true,
    Redshift: false,
    "Redshift Serverless": false,
    S3: false,
    "SAP HANA on Amazon EC2": false,
    "Storage Gateway": true,
    Timestream: false,
    VirtualMachine: true,
  },
  managedTypes: ["CloudFormation", "DSQL", "DynamoDB", "EFS"],
};
