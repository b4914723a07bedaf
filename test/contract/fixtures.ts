import type { Fixture } from "./contract-world.ts";
import { accessAnalyzer } from "./fixtures/access-analyzer.ts";
import { account } from "./fixtures/account.ts";
import { backup } from "./fixtures/backup.ts";
import { cloudformation } from "./fixtures/cloudformation.ts";
import { cloudtrail } from "./fixtures/cloudtrail.ts";
import { config } from "./fixtures/config.ts";
import { detective } from "./fixtures/detective.ts";
import { ec2 } from "./fixtures/ec2.ts";
import { fms } from "./fixtures/fms.ts";
import { guardduty } from "./fixtures/guardduty.ts";
import { health } from "./fixtures/health.ts";
import { iam } from "./fixtures/iam.ts";
import { inspector2 } from "./fixtures/inspector2.ts";
import { macie2 } from "./fixtures/macie2.ts";
import { ram } from "./fixtures/ram.ts";
import { s3 } from "./fixtures/s3.ts";
import { securityhub } from "./fixtures/securityhub.ts";
import { ssm } from "./fixtures/ssm.ts";
import { sso } from "./fixtures/sso.ts";
import { trustedadvisor } from "./fixtures/trustedadvisor.ts";

/** What the contract of each service is tried with, by its id. */
export const fixtures: Readonly<Record<string, Fixture>> = {
  "access-analyzer": accessAnalyzer,
  account: account,
  backup: backup,
  cloudformation: cloudformation,
  cloudtrail: cloudtrail,
  config: config,
  detective: detective,
  ec2: ec2,
  fms: fms,
  guardduty: guardduty,
  health: health,
  iam: iam,
  inspector2: inspector2,
  macie2: macie2,
  ram: ram,
  s3: s3,
  securityhub: securityhub,
  ssm: ssm,
  sso: sso,
  trustedadvisor: trustedadvisor,
};
