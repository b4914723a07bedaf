import { describe, expect, it } from "vitest";
import { services } from "./registry.ts";

describe.each(Object.entries(services))("service %s", (id, load) => {
  it("is named as its folder, with permissions for all that it does", async () => {
    const service = await load();
    expect(service.id).toBe(id);
    const { read, write } = service.permissions;
    for (const permission of [...read, ...write]) expect(permission).toMatch(`${id}:`);
    expect(
      Object.keys(service.changes)
        .map((operation) => `${id}:${operation}`)
        .sort(),
    ).toEqual([...write].sort());
    for (const { permission } of service.probes) expect(read).toContain(permission);
  });
});
