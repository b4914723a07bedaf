import { trustedAccessAddress } from "../address.ts";
import type { Draft, Planning } from "../planning.ts";
import { draft, report } from "../planning.ts";

/** Which services will have trusted access, and the changes that make it so. */
export interface ServiceAccess {
  /** `undefined`: not known, for it was not read. */
  isEnabled(servicePrincipal: string): boolean | undefined;
  readonly enabling: ReadonlyMap<string, Draft>;
  readonly disabling: ReadonlyMap<string, Draft>;
}

/** The service whose loss shuts out all who sign in through IAM Identity Center. */
const signInPrincipal = "sso.amazonaws.com";

/** Enables trusted access; disables it only where the file says so in a word. */
export function planTrustedAccess(planning: Planning): ServiceAccess {
  const { desired, live } = planning;
  const list = live.state.trustedAccess;
  const enabled = new Set(list?.map(({ servicePrincipal }) => servicePrincipal));
  const enabling = new Map<string, Draft>();
  const disabling = new Map<string, Draft>();
  const named = new Set<string>();
  const wishes = desired.ownership.trustedAccess === "ignore" ? [] : desired.trustedAccess;
  if (list === undefined && wishes.length > 0) {
    report(
      planning,
      "warning",
      "ORGRAIL3005",
      "trusted access was not read; nothing about it is planned",
      { help: "see the gaps: allow the denied reads, then plan again" },
    );
  }
  for (const { servicePrincipal, enabled: wanted, span } of list === undefined ? [] : wishes) {
    const address = trustedAccessAddress(servicePrincipal);
    named.add(servicePrincipal);
    planning.compared.add(address);
    if (wanted === enabled.has(servicePrincipal)) continue;
    const shared = { address, input: { ServicePrincipal: servicePrincipal }, span } as const;
    if (wanted) {
      const change = draft(planning, {
        ...shared,
        operation: "EnableAWSServiceAccess",
        action: "enable",
        before: null,
        after: { enabled: true },
        reason: "the file gives this service trusted access",
        rank: "enable",
      });
      enabling.set(servicePrincipal, change);
      continue;
    }
    const lockout = servicePrincipal === signInPrincipal;
    const change = draft(planning, {
      ...shared,
      operation: "DisableAWSServiceAccess",
      action: "disable",
      before: { enabled: true },
      after: null,
      reason: "the file says `enabled: false` of this service's trusted access",
      rank: "disable",
      risk: lockout ? "lockout" : "protection",
    });
    disabling.set(servicePrincipal, change);
    if (lockout) {
      report(
        planning,
        "warning",
        "ORGRAIL3054",
        "without trusted access of `sso.amazonaws.com` nobody can sign in through IAM Identity Center",
        { span, help: "make sure that there is another way in, or drop this line" },
      );
    }
  }
  for (const { servicePrincipal } of list ?? []) {
    if (named.has(servicePrincipal)) continue;
    const address = trustedAccessAddress(servicePrincipal);
    planning.foreign.push({ address, id: servicePrincipal });
  }
  return {
    isEnabled: (principal) => {
      if (enabling.has(principal)) return true;
      if (disabling.has(principal)) return false;
      return list === undefined ? undefined : enabled.has(principal);
    },
    enabling,
    disabling,
  };
}
