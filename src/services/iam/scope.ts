import type { OuPath } from "../../core/desired.ts";
import { ouPathKey } from "../../core/desired.ts";
import type { IamBlock } from "./schema.ts";

/** Whether the block asks for an account's root credentials to be removed. */
export function losesRootCredentials(
  { rootCredentials }: IamBlock,
  account: { readonly name: string; readonly path: OuPath },
): boolean {
  const { accounts = [], organizationalUnits = [] } = rootCredentials?.remove ?? {};
  const units = account.path.map((_, depth) => ouPathKey(account.path.slice(0, depth + 1)));
  return (
    accounts.includes(account.name) ||
    organizationalUnits.includes("Root") ||
    units.some((unit) => organizationalUnits.includes(unit))
  );
}
