import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { virtualClock } from "../sandbox/virtual-clock.ts";
import { type FileLockOptions, fileLock } from "./file-lock.ts";
import { isCertainlyDead, type ProcessIdentity, thisProcess } from "./process-identity.ts";

const organizationId = "o-abcdefghij";
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "orgrail-lock-"));
});
afterEach(() => rm(directory, { recursive: true }));

const lock = (more: Partial<FileLockOptions> = {}): ReturnType<typeof fileLock> =>
  fileLock({ directory, organizationId, purpose: "apply", clock: virtualClock(), ...more });

describe("fileLock", () => {
  it("lets one in, names it to the next, and lets that in after the release", async () => {
    const held = await lock().acquire();
    await held.check();
    await expect(lock().acquire()).rejects.toMatchObject({
      code: "ORGRAIL4210",
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await held.release();
    await (await lock().acquire()).check();
  });

  it("is one lock an organization", async () => {
    await lock().acquire();
    await expect(lock({ organizationId: "o-zzzzzzzzzz" }).acquire()).resolves.toBeDefined();
  });

  it("is taken over from the dead by exactly one of many", async () => {
    const owner = { ...thisProcess(), pid: 2 ** 22 + 1 };
    const claim = { token: "t", owner, purpose: "apply", at: "", released: false };
    await writeFile(join(directory, `${organizationId}.7.lock`), JSON.stringify(claim));
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => lock().acquire()));
    const held = outcomes.filter((outcome) => outcome.status === "fulfilled");
    expect(held).toHaveLength(1);
    await held[0]?.value.check();
    expect(await readdir(directory)).toEqual([`${organizationId}.8.lock`]);
  });

  it("notices that it was taken away", async () => {
    const held = await lock().acquire();
    await lock({ isDead: () => true }).acquire();
    await expect(held.check()).rejects.toMatchObject({ code: "ORGRAIL4211" });
    expect(held.lost.aborted).toBe(true);
  });

  it("does not guess when the claim is damaged", async () => {
    await writeFile(join(directory, `${organizationId}.3.lock`), "");
    await expect(lock().acquire()).rejects.toMatchObject({
      code: "ORGRAIL4210",
      hint: expect.stringContaining("delete it"),
    });
  });
});

describe("isCertainlyDead", () => {
  const self = thisProcess();
  it.each<[string, Partial<ProcessIdentity>, boolean]>([
    ["this process", {}, false],
    ["a pid that started at another time", { startTicks: "1" }, self.startTicks !== undefined],
    ["a pid that nobody has", { pid: 2 ** 22 + 1 }, true],
    ["a process of another host", { host: "elsewhere", pid: 2 ** 22 + 1 }, false],
    ["a process of another container", { pidNamespace: "pid:[1]", pid: 2 ** 22 + 1 }, false],
    ["a process from before the machine started", { bootId: "old" }, self.bootId !== undefined],
  ])("of %s", (_, other, expected) => {
    expect(isCertainlyDead({ ...self, ...other }, self)).toBe(expected);
  });

  it("of a child that was killed", async () => {
    const child = fork("-e", ["setInterval(() => {}, 1000)"], { execArgv: [], silent: true });
    const identity = { ...self, pid: child.pid ?? 0 };
    const { startTicks: _, ...childIdentity } = identity;
    expect(isCertainlyDead(childIdentity, self)).toBe(false);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(isCertainlyDead(childIdentity, self)).toBe(true);
  });
});
