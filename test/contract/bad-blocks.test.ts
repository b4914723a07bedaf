import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { regions as allRegions } from "../../src/data/regions.ts";
import { securityServices } from "../../src/services/registry.ts";
import { managementId } from "../plan/builders.ts";
import { fixtures } from "./fixtures.ts";

/** Codes and summaries of the errors in a file with one block. */
async function errorsOf(id: string, block: JsonObject): Promise<readonly string[]> {
  const service = await securityServices[id]?.();
  if (service === undefined) throw new Error(`${id} is not registered`);
  const account = (name: string, more: object = {}): object => ({
    name,
    email: `${name.toLowerCase()}@example.com`,
    organizationalUnit: "Root",
    ...more,
  });
  const file = {
    version: 1,
    organization: {
      managementAccountId: managementId,
      homeRegion: "us-east-1",
      governedRegions: allRegions.list.map(({ name }) => name),
    },
    organizationalUnits: [
      { name: "Security" },
      { name: "Workloads", organizationalUnits: [{ name: "Prod" }, { name: "Dev" }] },
    ],
    accounts: [
      account("Management", { id: managementId }),
      account("Audit"),
      account("LogArchive"),
      account("Shop"),
      account("Dev1"),
      account("Closing", { close: true }),
    ],
    services: { [id]: block },
  };
  const { diagnostics } = loadConfig({
    file: "orgrail.yaml",
    text: JSON.stringify(file, undefined, 1),
    readFile: (path) => fixtures[id]?.files?.[path],
    services: { names: Object.keys(securityServices), loaded: { [id]: service } },
  });
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ code, summary }) => `${code} ${summary}`);
}

const delegating = Object.keys(fixtures).filter(
  (id) => fixtures[id]?.block.delegatedAdministrator !== undefined,
);

test.each(delegating)(
  "%s: an administrator that cannot be one is an error in the file",
  async (id) => {
    const { block } = fixtures[id] ?? { block: {} };
    const service = await securityServices[id]?.();
    const named = (delegatedAdministrator: string): Promise<readonly string[]> =>
      errorsOf(id, { ...block, delegatedAdministrator });
    const { title } = service ?? { title: "" };
    expect(await named("Management")).toContain(
      `ORGRAIL1071 the management account cannot be the delegated administrator of ${title}`,
    );
    expect(await named("Closing")).toContain(
      `ORGRAIL1070 \`Closing\` is closed and cannot administer ${title}`,
    );
    expect((await named("Outsider")).join("\n")).toContain("there is no account `Outsider`");
    expect(await named("Audit")).toEqual([]);
  },
);

test.each(Object.keys(fixtures))(
  "%s: a Region that AWS lacks for it is an error in the file",
  async (id) => {
    const { block } = fixtures[id] ?? { block: {} };
    const service = await securityServices[id]?.();
    const lacking = allRegions.list.find(({ name }) => !service?.regions.includes(name))?.name;
    const errors = await errorsOf(id, { ...block, regions: [lacking ?? "xx-nowhere-1"] });
    // A service that is not Regional has no such member, and says so.
    expect(errors.join("\n")).toMatch(
      service?.scope === "regional" &&
        "regions" in (service.schema as never as { shape: object }).shape
        ? lacking === undefined
          ? /not among the governed Regions|no Region/
          : new RegExp(`ORGRAIL1090 .*is not offered in \`${lacking}\``)
        : /regions/,
    );
  },
);
