import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { encodePlan } from "../../src/plan/plan-file.ts";
import { openSandbox } from "../../src/services/open-sandbox.ts";
import { applyTo, original, read, scenarioPlan } from "./connect.ts";
import { planOf, wanted } from "./scenario.ts";
import { worldEssence } from "./world-essence.ts";

const script = fileURLToPath(new URL("apply-process.ts", import.meta.url));

describe("kill -9 of a process that applies", () => {
  it("at any time, five times over, loses nothing and doubles nothing", async () => {
    const sandbox = openSandbox({ snapshot: original() });
    const plan = await scenarioPlan(sandbox);
    const undisturbed = sandbox.copy();
    await applyTo(undisturbed, plan);

    const directory = await mkdtemp(join(tmpdir(), "orgrail-kill-"));
    const planPath = join(directory, "plan.json");
    await writeFile(planPath, encodePlan(plan));
    const door = await sandbox.serve();
    // Time in the sandbox goes on by itself, so that accounts are made.
    const time = setInterval(() => sandbox.clock.advance(5_000), 20);
    const run = (): ChildProcess =>
      spawn(
        process.execPath,
        ["--import", "tsx", script, planPath, join(directory, "journal"), directory],
        {
          stdio: ["ignore", "pipe", "pipe"],
          env: {
            PATH: process.env.PATH,
            AWS_ENDPOINT_URL: door.endpoint,
            AWS_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
            AWS_SECRET_ACCESS_KEY: sandbox.credentials.secretAccessKey,
          },
        },
      );
    const writes = (): number => sandbox.calls.filter(({ kind }) => kind === "write").length;

    let kills = 0;
    for (const limit of [4, 15, 16, 33, 50]) {
      const child = run();
      const exited = once(child, "exit");
      while (writes() < limit && child.exitCode === null) {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      if (child.kill("SIGKILL")) kills++;
      await exited;
    }
    const last = run();
    if (last.stdout === null || last.stderr === null) throw new Error("no pipes");
    const [output, errors] = await Promise.all([text(last.stdout), text(last.stderr)]);
    clearInterval(time);
    await door.close();
    await rm(directory, { recursive: true });

    expect(errors).toBe("");
    expect(kills).toBe(5);
    expect(JSON.parse(output)).toMatchObject({ failed: 0, refused: 0, skipped: 0, pending: 0 });
    sandbox.clock.advance(600_000);
    expect(worldEssence(sandbox.world)).toEqual(worldEssence(undisturbed.world));
    expect(planOf(wanted, await read(sandbox)).changes).toEqual([]);
  }, 120_000);
});
