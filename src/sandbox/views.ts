import type { AccountId } from "../core/identifiers.ts";
import type { OrganizationView, PrincipalView, SandboxService } from "./service.ts";
import type { World } from "./world.ts";

/** The organization of an account, as the service knows it that keeps organizations. */
export function organizationOf(
  services: readonly SandboxService[],
  world: World,
  account: AccountId,
): OrganizationView | undefined {
  for (const service of services) {
    const view = service.organizationOf?.(world, account);
    if (view !== undefined) return view;
  }
  return undefined;
}

/** The policies of a role or user, as the service knows them that keeps principals. */
export function principalOf(
  services: readonly SandboxService[],
  world: World,
  principalArn: string,
): PrincipalView | undefined {
  for (const service of services) {
    const view = service.principalOf?.(world, principalArn);
    if (view !== undefined) return view;
  }
  return undefined;
}
