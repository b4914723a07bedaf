import type { Service } from "./service.ts";

/** The services whose state orgrail can change, by IAM prefix. Each is loaded when first needed. */
export const services: Readonly<Record<string, () => Promise<Service>>> = {
  account: async () => (await import("./account/service.ts")).account,
  organizations: async () => (await import("./organizations/service.ts")).organizations,
};
