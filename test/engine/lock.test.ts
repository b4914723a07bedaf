import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Aws } from "../../src/aws/aws.ts";
import { openSandbox, type Sandbox } from "../../src/services/open-sandbox.ts";
import { fileLock } from "../../src/store/file-lock.ts";
import type { HeldLock, Lock } from "../../src/store/lock.ts";
import { s3Lock } from "../../src/store/s3-lock.ts";
import { applyTo, connect, original, scenarioPlan } from "./connect.ts";

const owner = { user: "me", host: "here", pid: 1, purpose: "apply" };
const leaseMs = 120_000;

/** A sandbox with a bucket for locks. */
async function withBucket(): Promise<{ sandbox: Sandbox; lock: (aws?: Aws) => Lock }> {
  const sandbox = openSandbox({ snapshot: original() });
  await connect(sandbox).call("s3", "CreateBucket", { Bucket: "locks" });
  const lock = (aws = connect(sandbox)): Lock =>
    s3Lock({ aws, bucket: "locks", key: "orgrail/o-abcdefghij.lock", owner, leaseMs });
  return { sandbox, lock };
}

describe("s3Lock", () => {
  it("lets one of many in, and the next after the release", async () => {
    const { lock } = await withBucket();
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lock().acquire()));
    const held = outcomes.filter((outcome) => outcome.status === "fulfilled");
    expect(held).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") {
        expect(outcome.reason).toMatchObject({
          code: "ORGRAIL4210",
          message: expect.stringContaining("`apply` by me, process 1 on here"),
        });
      }
    }
    await held[0]?.value.check();
    await held[0]?.value.release();
    const next = await lock().acquire();
    await next.check();
    await next.release();
  });

  it("is kept while its holder lives, for longer than a lease", async () => {
    const { sandbox, lock } = await withBucket();
    const held = await lock().acquire();
    await sandbox.clock.sleep(5 * leaseMs);
    await expect(lock().acquire()).rejects.toMatchObject({ code: "ORGRAIL4210" });
    await held.check();
    await held.release();
  });

  it("is taken over by exactly one when its holder died, and its holder learns of it", async () => {
    const { sandbox, lock } = await withBucket();
    const dead = connect(sandbox);
    const held = await lock(dead).acquire();
    // The holder's network is gone; its process lives on and does not know.
    const remove = sandbox.faults.add({ name: "connectionReset", service: "s3" });
    await sandbox.clock.sleep(2 * leaseMs);
    remove();
    expect(held.lost.aborted).toBe(true);
    await expect(held.check()).rejects.toMatchObject({ code: "ORGRAIL4211" });
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lock().acquire()));
    const takers = outcomes.filter((outcome) => outcome.status === "fulfilled");
    expect(takers).toHaveLength(1);
    await takers[0]?.value.check();
    await takers[0]?.value.release();
    await held.release();
  });

  it("outlives a renewal whose answer was lost", async () => {
    const { sandbox, lock } = await withBucket();
    const held = await lock().acquire();
    sandbox.faults.add({ name: "connectionReset", operation: "PutObject", nth: 1, when: "after" });
    await sandbox.clock.sleep(2 * leaseMs);
    await held.check();
    await held.release();
    await (await lock().acquire()).release();
  });

  it("refuses an object that is no lock", async () => {
    const { sandbox, lock } = await withBucket();
    const input = { Bucket: "locks", Key: "orgrail/o-abcdefghij.lock", Body: "hello" };
    await connect(sandbox).call("s3", "PutObject", input);
    await expect(lock().acquire()).rejects.toMatchObject({ code: "ORGRAIL4212" });
  });
});

describe("two applies", () => {
  it("are kept apart by a lock by file", async () => {
    const directory = await mkdtemp(join(tmpdir(), "orgrail-lock-"));
    const sandbox = openSandbox({ snapshot: original() });
    const plan = await scenarioPlan(sandbox);
    const one = async (): Promise<string> => {
      const { clock } = sandbox;
      const made = fileLock({
        directory,
        organizationId: plan.organizationId,
        purpose: "apply",
        clock,
      });
      let lock: HeldLock;
      try {
        lock = await made.acquire();
      } catch {
        return "kept out";
      }
      const report = await applyTo(sandbox, plan, { lock });
      await lock.release();
      return `done ${report.counts.done}`;
    };
    const outcomes = await Promise.all([one(), one(), one()]);
    expect(outcomes.sort()).toEqual([`done ${plan.changes.length}`, "kept out", "kept out"]);
    const writes = sandbox.calls.filter(({ kind }) => kind === "write");
    expect(writes).toHaveLength(plan.changes.length);
    await rm(directory, { recursive: true });
  });

  it("stop when the lock is lost in the midst, and write nothing more", async () => {
    const sandbox = openSandbox({ snapshot: original() });
    const plan = await scenarioPlan(sandbox);
    const directory = await mkdtemp(join(tmpdir(), "orgrail-lock-"));
    const { clock } = sandbox;
    const options = { directory, organizationId: plan.organizationId, purpose: "apply", clock };
    const lock = await fileLock(options).acquire();
    let ended = 0;
    const report = await applyTo(sandbox, plan, {
      lock: {
        ...lock,
        check: async () => {
          if (ended === 10) await fileLock({ ...options, isDead: () => true }).acquire();
          await lock.check();
        },
      },
      onProgress: ({ kind }) => {
        if (kind === "end") ended++;
      },
    });
    expect(report.stoppedBy).toMatchObject({ code: "ORGRAIL4211" });
    expect(report.counts).toMatchObject({ done: 10, failed: 0 });
    expect(report.counts.pending).toBe(plan.changes.length - 10);
    expect(sandbox.calls.filter(({ kind }) => kind === "write")).toHaveLength(10);
    await rm(directory, { recursive: true });
  });
});
