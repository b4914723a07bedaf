import { lzaServices } from "../../../data/lza-services.ts";
import type { OrganizationInput } from "../../schema/config-input.ts";
import { type Importing, note } from "../importing.ts";
import { asMap, asText, at } from "../shapes.ts";
import type { LzaFile } from "./read-file.ts";
import type { Templates } from "./templates.ts";

/** Trusted access and delegated administrators that the accelerator implies. */
export type LzaServices = Pick<OrganizationInput, "trustedAccess" | "delegatedAdministrators">;

/** Reads which services the accelerator enables for the organization, and who administers them. */
export function readServices(
  importing: Importing,
  files: ReadonlyMap<string, LzaFile>,
  templates: Templates,
  accountNames: ReadonlySet<string>,
  policyLists: readonly string[],
): LzaServices {
  const trusted = new Set<string>();
  const administrators = new Map<string, Set<string>>();
  const fallback = asText(
    at(files.get("security-config.yaml")?.value, [
      "centralSecurityServices",
      "delegatedAdminAccount",
    ]),
  );
  for (const service of lzaServices.services) {
    const file = files.get(service.file);
    if (file === undefined || !isOn(at(file.value, service.path))) continue;
    trusted.add(service.servicePrincipal);
    if (service.administrator === undefined) continue;
    const text = asText(at(file.value, service.administrator)) ?? fallback;
    if (text === undefined) continue;
    const account = templates.decode(text);
    const where = file.where(service.path);
    const what = `delegated administrator ${account} of ${service.servicePrincipal}`;
    if (account === "Management") {
      note(importing, where, what, "the management account cannot be one");
    } else if (!accountNames.has(account)) {
      note(importing, where, what, "no file lists the account");
    } else {
      const services = administrators.get(account) ?? new Set<string>();
      administrators.set(account, services.add(service.servicePrincipal));
    }
  }
  for (const list of policyLists) {
    const principal = Object.hasOwn(lzaServices.policyLists, list)
      ? lzaServices.policyLists[list]
      : undefined;
    if (principal !== undefined) trusted.add(principal);
  }
  return {
    ...(trusted.size === 0 ? {} : { trustedAccess: [...trusted].sort() }),
    ...(administrators.size === 0
      ? {}
      : {
          delegatedAdministrators: [...administrators].map(([account, services]) => ({
            account,
            services: [...services].sort(),
          })),
        }),
  };
}

function isOn(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value !== "object" || value === null) return false;
  const { enable } = asMap(value);
  return enable === undefined || enable === true;
}
