import { InputError } from "../../core/app-error.ts";
import { regions as allRegions } from "../../data/regions.ts";
import type { CollectOptions as EngineOptions } from "../../engine/collect.ts";
import { securityServices } from "../../services/registry.ts";
import type { AnySecurityService } from "../../services/security-service.ts";
import { readEverything } from "../read-everything.ts";

/** The services that are named, all of them when none is. Throws ORGRAIL5411. */
export function servicesToRead(
  named: readonly string[],
): Promise<readonly { readonly service: AnySecurityService }[]> {
  const ids = named.length === 0 ? Object.keys(securityServices) : named;
  return Promise.all(
    ids.map(async (id) => {
      const load = securityServices[id];
      if (load !== undefined) return { service: await load() };
      const known = Object.keys(securityServices).join(", ");
      throw new InputError("ORGRAIL5411", `there is no service \`${id}\``, [], `one of ${known}`);
    }),
  );
}

/** The Regions to look at: those named, else the configuration's, else all that need no opting in. */
export function regionsToRead(
  named: readonly string[],
  governed: readonly string[],
): readonly string[] {
  const found = [named, governed].find((list) => list.length > 0) ?? defaultRegions;
  const unknown = found.find((name) => !allRegions.list.some((it) => it.name === name));
  if (unknown !== undefined) {
    throw new InputError("ORGRAIL5413", `there is no Region \`${unknown}\``, []);
  }
  return found;
}

const defaultRegions: readonly string[] = allRegions.list
  .filter(({ optIn, name }) => !optIn && !/^(cn|us-gov|us-iso)/.test(name))
  .map(({ name }) => name);

/** Details of accounts, each a call or more for every one of them. */
export type Details = Pick<EngineOptions, "tags" | "alternateContacts" | "regions">;

/**
 * Which details of accounts are read: all by the inside tier, what is named by the others. Whether an
 * account has enabled a Region is only asked where a Region needs opting in.
 */
export function detailsToRead(
  tier: string,
  named: readonly string[],
  regions: readonly string[],
): Details {
  const members = { tags: "tags", contacts: "alternateContacts", regions: "regions" } as const;
  const unknown = named.find((one) => !(one in members));
  if (unknown !== undefined) {
    const known = Object.keys(members).join(", ");
    throw new InputError(
      "ORGRAIL5416",
      `there is no \`${unknown}\` to read`,
      [],
      `one of ${known}`,
    );
  }
  if (tier === "inside") return readEverything;
  const hasOptIn = regions.some((name) =>
    allRegions.list.some((one) => one.name === name && one.optIn),
  );
  const wanted = new Set([...named, ...(hasOptIn && tier === "full" ? ["regions"] : [])]);
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, member]) =>
      wanted.has(name) ? [[member, readEverything[member]] as const] : [],
    ),
  );
}
