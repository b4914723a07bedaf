import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load.ts";
import { writeConfig } from "../../src/config/write.ts";
import { type Desired, type DesiredTarget, ouPathKey } from "../../src/core/desired.ts";
import { canonicalJson } from "../../src/core/json.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { arbitrarySnapshot } from "./arbitrary-snapshot.ts";

function reload(snapshot: Snapshot): ReturnType<typeof loadConfig> {
  const { files } = writeConfig(snapshot, { homeRegion: "eu-west-1" });
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return loadConfig({
    file: "orgrail.yaml",
    text: texts.get("orgrail.yaml") ?? "",
    readFile: (path) => texts.get(path),
  });
}

/** An organization in words that a snapshot and a desired state share: ids, never names. */
interface Organization {
  readonly units: readonly unknown[];
  readonly accounts: readonly unknown[];
  readonly policies: readonly unknown[];
  readonly attachments: readonly string[];
  readonly others: unknown;
}

function ofSnapshot({ organization }: Snapshot): Organization {
  const live = organization.accounts.filter(({ state }) => state !== "SUSPENDED");
  const ids = new Set([
    organization.root.id,
    ...organization.organizationalUnits.map(({ id }) => id),
    ...live.map(({ id }) => id),
  ]);
  const policies = (organization.policies ?? []).filter(({ awsManaged }) => !awsManaged);
  return sorted({
    units: organization.organizationalUnits.map(({ id, name, parentId, tags }) => ({
      id,
      name,
      parentId,
      tags: { ...tags },
    })),
    accounts: live.map(({ id, name, email, parentId, tags, alternateContacts }) => ({
      id,
      name,
      email,
      parentId,
      tags: { ...tags },
      contacts: Object.fromEntries(
        Object.entries(alternateContacts ?? {}).filter(([, contact]) => contact !== null),
      ),
    })),
    policies: policies.map(({ id, name, type, description, content, tags }) => ({
      id,
      name,
      type,
      description,
      content: canonicalJson(JSON.parse(content ?? "")),
      tags: { ...tags },
    })),
    attachments: policies.flatMap(({ id, targets }) =>
      (targets ?? []).filter((target) => ids.has(target)).map((target) => `${id}@${target}`),
    ),
    others: {
      rootTags: { ...organization.root.tags },
      policyTypes: organization.root.policyTypes.map(({ type }) => type),
      trustedAccess: organization.trustedAccess?.map((one) => one.servicePrincipal),
      administrators: organization.delegatedAdministrators
        ?.filter(({ account }) => ids.has(account))
        .map(({ account, services }) => `${account} ${services?.join()}`),
      resourcePolicy: organization.resourcePolicy
        ? canonicalJson(JSON.parse(organization.resourcePolicy.content))
        : null,
    },
  });
}

function ofDesired(desired: Desired, rootId: string): Organization {
  const units = new Map([["Root", rootId]]);
  for (const { path, id } of desired.organizationalUnits) units.set(ouPathKey(path), id ?? "");
  const accounts = new Map(desired.accounts.map(({ name, id }) => [name, id ?? ""]));
  const targetId = (target: DesiredTarget): string | undefined =>
    target.kind === "account"
      ? accounts.get(target.name)
      : units.get(ouPathKey(target.kind === "root" ? [] : target.path));
  const own = desired.policies.filter(({ content }) => content !== undefined);
  const policyId = (name: string, type: string): string | undefined =>
    own.find((policy) => policy.name === name && policy.type === type)?.id;
  return sorted({
    units: desired.organizationalUnits.map(({ id, path, tags }) => ({
      id,
      name: path.at(-1),
      parentId: units.get(ouPathKey(path.slice(0, -1))),
      tags: { ...tags },
    })),
    accounts: desired.accounts.map(
      ({ id, name, accountName, email, parent, tags, alternateContacts }) => ({
        id,
        name: accountName ?? name,
        email,
        parentId: units.get(ouPathKey(parent)),
        tags: { ...tags },
        contacts: { ...alternateContacts },
      }),
    ),
    policies: own.map(({ id, name, type, description, content, tags }) => ({
      id,
      name,
      type,
      description,
      content: canonicalJson(JSON.parse(content ?? "")),
      tags: { ...tags },
    })),
    attachments: desired.attachments
      .filter(({ present }) => present)
      .map(({ policy, target }) => `${policyId(policy.name, policy.type)}@${targetId(target)}`),
    others: {
      rootTags: { ...desired.rootTags },
      policyTypes: desired.policyTypes.map(({ type }) => type),
      trustedAccess: desired.trustedAccess.map((one) => one.servicePrincipal),
      administrators: desired.delegatedAdministrators.map(
        (one) => `${accounts.get(one.account)} ${one.servicePrincipal}`,
      ),
      resourcePolicy: desired.resourcePolicy
        ? canonicalJson(JSON.parse(desired.resourcePolicy.content))
        : null,
    },
  });
}

function sorted(organization: Organization): Organization {
  const byText = (list: readonly unknown[]): unknown[] =>
    [...list].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
  return {
    units: byText(organization.units),
    accounts: byText(organization.accounts),
    policies: byText(organization.policies),
    attachments: [...organization.attachments].sort(),
    others: organization.others,
  };
}

describe("writeConfig", () => {
  it("writes what loads without a word and says the same", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, (snapshot) => {
        const { desired, diagnostics } = reload(snapshot);
        expect(diagnostics).toEqual([]);
        if (desired === undefined) throw new Error("nothing was loaded");
        expect(ofDesired(desired, snapshot.organization.root.id)).toEqual(ofSnapshot(snapshot));
      }),
      { numRuns: 100 },
    );
  });

  it("says from which targets the full access of AWS is missing", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, (snapshot) => {
        const { desired } = reload(snapshot);
        const { organization } = snapshot;
        const full = organization.policies?.find(({ name }) => name === "FullAWSAccess");
        const live = organization.accounts.filter(({ state }) => state !== "SUSPENDED");
        const missing = [
          organization.root.id,
          ...organization.organizationalUnits.map(({ id }) => id),
          ...live.map(({ id }) => id),
        ].filter((id) => full?.targets?.includes(id) === false);
        const said = desired?.attachments.filter(({ policy }) => policy.name === "FullAWSAccess");
        expect(said?.every(({ present }) => !present)).toBe(true);
        expect(said).toHaveLength(missing.length);
      }),
      { numRuns: 50 },
    );
  });
});
