import type { AnySecurityService } from "./security-service.ts";
import type { Service } from "./service.ts";

/** The services as code, by IAM service prefix. Each is loaded when first needed. */
export const securityServices: Readonly<Record<string, () => Promise<AnySecurityService>>> = {
  "access-analyzer": async () => (await import("./access-analyzer/service.ts")).accessAnalyzer,
  iam: async () => (await import("./iam/service.ts")).iam,
  cloudtrail: async () => (await import("./cloudtrail/service.ts")).cloudtrail,
  config: async () => (await import("./config/service.ts")).config,
  cloudformation: async () => (await import("./cloudformation/service.ts")).cloudformation,
  fms: async () => (await import("./fms/service.ts")).firewallManager,
  macie2: async () => (await import("./macie2/service.ts")).macie,
  securityhub: async () => (await import("./securityhub/service.ts")).securityHub,
  detective: async () => (await import("./detective/service.ts")).detective,
  guardduty: async () => (await import("./guardduty/service.ts")).guardDuty,
  inspector2: async () => (await import("./inspector2/service.ts")).inspector,
  trustedadvisor: async () => (await import("./trustedadvisor/service.ts")).trustedAdvisor,
  health: async () => (await import("./health/service.ts")).health,
  sso: async () => (await import("./sso/service.ts")).identityCenter,
  ssm: async () => (await import("./ssm/service.ts")).systemsManager,
  ram: async () => (await import("./ram/service.ts")).ram,
  account: async () => (await import("./account/service.ts")).account,
  backup: async () => (await import("./backup/service.ts")).backup,
  s3: async () => (await import("./s3/service.ts")).s3,
  ec2: async () => (await import("./ec2/service.ts")).ec2,
};

/** The services whose state orgrail can change, by IAM prefix. Each is loaded when first needed. */
export const services: Readonly<Record<string, () => Promise<Service>>> = {
  organizations: async () => (await import("./organizations/service.ts")).organizations,
  ...securityServices,
};

/** Services that the organization itself is read and changed by, with or without a block. */
export const organizationServices: readonly string[] = ["account", "organizations"];
