import { describe, expect, test } from "vitest";
import { createAccountIdentity, findAccount, openAccount } from "./accounts.ts";
import { createWorld, freezeWorld } from "./create-world.ts";
import { virtualClock } from "./virtual-clock.ts";
import type { Slot } from "./world.ts";

const slot = (scope: Slot<object>["scope"]): Slot<{ items: Map<string, number> }> => ({
  name: "test",
  scope,
  init: () => ({ items: new Map() }),
});

describe("state", () => {
  test.each([
    ["world", ["1", "eu-west-1"], ["2", "us-east-1"], true],
    ["account", ["1", "eu-west-1"], ["1", "us-east-1"], true],
    ["account", ["1", "eu-west-1"], ["2", "eu-west-1"], false],
    ["region", ["1", "eu-west-1"], ["1", "eu-west-1"], true],
    ["region", ["1", "eu-west-1"], ["1", "us-east-1"], false],
  ] as const)("of scope %s: %j and %j share: %s", (scope, a, b, shared) => {
    const world = createWorld();
    world.state(slot(scope), ...a).items.set("x", 1);
    expect(world.state(slot(scope), ...b).items.has("x")).toBe(shared);
  });

  test("asks for the account and Region that its scope needs", () => {
    const world = createWorld();
    expect(() => world.state(slot("account"))).toThrow("slot test is kept by account");
    expect(() => world.state(slot("region"), "1")).toThrow("by account and Region");
  });
});

describe("copies", () => {
  test("share nothing, and go on with the same chance", () => {
    const world = createWorld({ seed: 5 });
    world.state(slot("world")).items.set("before", 1);
    world.newId(3);
    const copy = world.copy();
    copy.state(slot("world")).items.set("copy", 2);
    expect([...world.state(slot("world")).items.keys()]).toEqual(["before"]);
    expect([...copy.state(slot("world")).items.keys()]).toEqual(["before", "copy"]);
    expect(copy.newId(20)).toBe(world.newId(20));
    copy.clock.advance(10);
    expect(copy.clock.now() - world.clock.now()).toBe(10);
  });

  test("a frozen world keeps its state and goes with the clock", () => {
    const world = createWorld();
    const frozen = freezeWorld(world);
    world.state(slot("world")).items.set("after", 1);
    world.clock.advance(1000);
    expect(frozen.state(slot("world")).items.size).toBe(0);
    expect(frozen.clock.now()).toBe(world.clock.now());
  });
});

describe("identifiers", () => {
  test("depend on the seed and nothing else", () => {
    const ids = (seed: number): string[] => {
      const world = createWorld({ seed });
      return Array.from({ length: 5 }, () => world.newId(12));
    };
    expect(ids(1)).toEqual(ids(1));
    expect(ids(1)).not.toEqual(ids(2));
    expect(new Set(ids(3)).size).toBe(5);
    for (const id of ids(1)) expect(id).toMatch(/^[a-z0-9]{12}$/);
  });

  test("chance covers its range", () => {
    const world = createWorld({ seed: 9 });
    const draws = Array.from({ length: 10_000 }, () => world.random());
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws)).toBeLessThan(1);
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    expect(mean).toBeGreaterThan(0.48);
    expect(mean).toBeLessThan(0.52);
  });
});

describe("accounts", () => {
  test("have twelve digits and ids of their own", () => {
    const world = createWorld({ clock: virtualClock(5000) });
    const accounts = Array.from({ length: 50 }, (_, index) =>
      openAccount(world, { name: `${index}`, email: `${index}@example.com` }),
    );
    expect(new Set(accounts.map(({ id }) => id)).size).toBe(50);
    for (const { id, createdAt } of accounts) {
      expect(id).toMatch(/^[1-9]\d{11}$/);
      expect(createdAt).toBe(5000);
    }
    const [first] = accounts;
    expect(() => openAccount(world, { id: first?.id ?? "", name: "", email: "" })).toThrow(
      "exists already",
    );
  });

  test("know the role that Organizations made in them", () => {
    const world = createWorld();
    const { id } = openAccount(world, { name: "a", email: "a@example.com" });
    createAccountIdentity(world, id, "Access", "111111111111");
    createAccountIdentity(world, "999999999999", "Access", "111111111111");
    expect(findAccount(world, id)?.accessRole).toEqual({
      name: "Access",
      trustedAccount: "111111111111",
    });
    expect(findAccount(world, "999999999999")).toBeUndefined();
  });
});
