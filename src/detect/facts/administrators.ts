import type { Desired } from "../../core/desired.ts";
import type { OrganizationState } from "../../core/snapshot.ts";

/**
 * Which accounts the configuration wants as administrators of which services. `undefined` where
 * there is no configuration, or where it names an account whose id is not known.
 */
export function allowedAdministrators(
  desired: Desired | undefined,
  organization: OrganizationState | undefined,
): (account: string, servicePrincipal: string) => boolean | undefined {
  if (desired === undefined) return () => undefined;
  const idOf = (name: string): string | undefined => {
    const wanted = desired.accounts.find((one) => one.name === name);
    if (wanted?.id !== undefined) return wanted.id;
    const email = wanted?.email.toLowerCase();
    return organization?.accounts.find((one) => one.email.toLowerCase() === email)?.id;
  };
  const allowed = desired.delegatedAdministrators
    .filter(({ present }) => present)
    .map(({ account, servicePrincipal }) => ({ id: idOf(account), servicePrincipal }));
  return (account, servicePrincipal) => {
    const ofService = allowed.filter((one) => one.servicePrincipal === servicePrincipal);
    if (ofService.some(({ id }) => id === account)) return true;
    return ofService.some(({ id }) => id === undefined) ? undefined : false;
  };
}
