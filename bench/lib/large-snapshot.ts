import type { Snapshot } from "../../src/core/snapshot.ts";
import { organization } from "./organization.ts";

const administrator = "200000000000";

/**
 * A snapshot of a large organization, always the same for the same size, as the full tier would have
 * read it: GuardDuty, Macie, Inspector and Detective are on in most accounts, and off in one of each
 * hundred in one Region; accounts have contacts and tags.
 */
export function largeSnapshot(accounts: number, regions: readonly string[]): Snapshot {
  const bare = organization({
    accounts,
    organizationalUnits: Math.ceil(accounts / 50),
    policies: 40,
    attachments: 200,
  });
  const ids = bare.organization.accounts.map(({ id }) => id);
  const others = ids.filter((id) => id !== administrator);
  const contact = {
    name: "Security",
    title: "On call",
    emailAddress: "security@example.com",
    phoneNumber: "+1 555 0100",
  };
  const byRegion = <T>(make: (missing: ReadonlySet<string>) => T): Record<string, T> =>
    Object.fromEntries(
      regions.map((region, at) => [
        region,
        make(new Set(others.filter((_, index) => index % (100 * regions.length) === at * 100))),
      ]),
    );
  return {
    ...bare,
    organization: {
      ...bare.organization,
      accounts: bare.organization.accounts.map((account) => ({
        ...account,
        alternateContacts: { SECURITY: contact, BILLING: null, OPERATIONS: contact },
      })),
      delegatedAdministrators: [
        {
          account: administrator,
          services: ["guardduty", "macie", "inspector2", "detective"].map(
            (name) => `${name}.amazonaws.com`,
          ),
        },
      ],
    },
    scope: { tier: "full", homeRegion: regions[0] ?? "", regions },
    services: {
      guardduty: {
        policyType: false,
        regions: byRegion((missing) => ({
          administrator,
          detectors: {
            [administrator]: { id: "1", enabled: true, frequency: "", features: {}, managed: [] },
          },
          organization: { autoEnable: "ALL", features: {}, limitReached: false },
          members: [
            {
              relationship: "Enabled",
              features: {},
              accounts: others.filter((id) => !missing.has(id)),
            },
            { relationship: "Removed", accounts: [...missing] },
          ],
        })),
      },
      macie2: {
        administrator,
        registered: administrator,
        regions: byRegion((missing) => ({
          administrator,
          frequency: "SIX_HOURS",
          autoEnable: true,
          limitReached: false,
          members: Object.fromEntries(
            others.map((id) => [id, missing.has(id) ? "Removed" : "Enabled"]),
          ),
          managementEnabled: true,
        })),
      },
      inspector2: {
        policies: [],
        regions: byRegion((missing) => ({
          administrator,
          autoEnable: ["ec2"],
          limitReached: false,
          statuses: [
            { on: ["ec2"], accounts: ids.filter((id) => !missing.has(id)) },
            { on: [], accounts: [...missing] },
          ],
          unassociated: [],
        })),
      },
      detective: {
        regions: byRegion((missing) => ({
          administrator,
          graph: "arn:aws:detective:graph",
          autoEnable: true,
          members: { ENABLED: others.filter((id) => !missing.has(id)) },
          invited: [],
        })),
      },
    },
    calls: [],
  };
}
