import type { Json } from "../core/json.ts";
import type { Address, Plan } from "../core/plan.ts";
import { isRef } from "../core/plan.ts";

/** Says what ids and addresses of a plan mean to people. */
export interface PlanNames {
  /** A target by id or reference: its path or name, with the id beside it. */
  thing(value: Json | undefined): string;
  /** What stands after an address's kind: `Workloads/Prod` of `organizationalUnit:Workloads/Prod`. */
  short(address: Address): string;
  /** Id of the thing at an address, when it exists. */
  idOf(address: Address): string | undefined;
}

/** Kinds of things that ids stand for. */
const named: ReadonlySet<string> = new Set(["root", "organizationalUnit", "account", "policy"]);

/** Builds the names of a plan. */
export function planNames(plan: Plan): PlanNames {
  // A delegated administrator has its account's id: it is the account that is meant.
  const addresses = new Map(
    Object.entries(plan.ids).flatMap(([address, id]) =>
      named.has(kindOf(address)) ? [[id, address] as const] : [],
    ),
  );
  const short = (address: Address): string =>
    address === "root" ? "Root" : address.slice(address.indexOf(":") + 1);
  return {
    short,
    idOf: (address) => plan.ids[address],
    thing: (value) => {
      if (isRef(value)) return `${short(value.$ref)} (new)`;
      if (typeof value !== "string") return JSON.stringify(value ?? null);
      const address = addresses.get(value);
      const name = address === undefined ? plan.names[value] : short(address);
      return name === undefined ? value : `${name} (${value})`;
    },
  };
}

/** The kinds of things, by the start of an address: in words, one and many. */
export const kindWords: Readonly<Record<string, readonly [one: string, many: string]>> = {
  root: ["root", "roots"],
  organizationalUnit: ["organizational unit", "organizational units"],
  account: ["account", "accounts"],
  policy: ["policy", "policies"],
  attachment: ["policy attachment", "policy attachments"],
  policyType: ["policy type", "policy types"],
  trustedAccess: ["trusted access", "services with trusted access"],
  delegatedAdministrator: ["delegated administrator", "delegated administrators"],
  resourcePolicy: ["resource policy", "resource policies"],
};

/** The kind of an address. */
export function kindOf(address: Address): string {
  const colon = address.indexOf(":");
  return colon < 0 ? address : address.slice(0, colon);
}
