import { describe, expect, it } from "vitest";
import { iamActions } from "../data/iam-actions.gen.ts";
import { knownActions } from "../policy/known-actions.ts";
import { securityServices, services } from "./registry.ts";

const actions: ReadonlySet<string> = new Set(knownActions(iamActions));

describe.each(Object.entries(services))("service %s", (id, load) => {
  it("is named as its folder, and names actions that IAM knows", async () => {
    const service = await load();
    expect(service.id).toBe(id);
    const { read, write, writeForBlock = [] } = service.permissions;
    expect(writeForBlock.filter((action) => !write.includes(action))).toEqual([]);
    expect([...read, ...write].filter((action) => !actions.has(action))).toEqual([]);
    // One that is administered in AWS Organizations alone changes nothing itself.
    expect(Object.keys(service.changes).length > 0).toBe(write.length > 0);
    for (const { permission } of service.probes) expect(read).toContain(permission);
  });
});

describe.each(Object.entries(securityServices))("service as code %s", (id, load) => {
  it("has a planner of its name, Regions, layers, and tamper actions that IAM knows", async () => {
    const { planner, regions, layers, tamperActions } = await load();
    expect(planner.id).toBe(id);
    expect(regions.length).toBeGreaterThan(0);
    expect(layers.length).toBeGreaterThan(0);
    expect(tamperActions.length).toBeGreaterThan(0);
    expect(tamperActions.filter((action) => !actions.has(action))).toEqual([]);
  });
});

it("the organization's own services have a permission for each operation", async () => {
  for (const id of ["account", "organizations"]) {
    const service = await services[id]?.();
    const operations = Object.keys(service?.changes ?? {}).map((operation) => `${id}:${operation}`);
    expect(operations.sort()).toEqual([...(service?.permissions.write ?? [])].sort());
  }
});
