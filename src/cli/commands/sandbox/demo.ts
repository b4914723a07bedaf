import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openExample } from "../../../services/open-example.ts";
import { makeDirectory } from "../../../store/atomic-file.ts";
import type { Run } from "../../command.ts";
import { play } from "../../demo/play.ts";
import type { DemoStage } from "../../demo/stage.ts";
import type { DemoOptions } from "./demo.command.ts";

/** Shows orgrail at work on an example organization in a sandbox. */
export const run: Run<DemoOptions> = async (deps, options) => {
  const startedAt = deps.clock.now();
  const folder =
    options.keep === undefined
      ? await mkdtemp(join(tmpdir(), "orgrail-demo-"))
      : resolve(deps.cwd, options.keep);
  await makeDirectory(folder);
  try {
    const sandbox = await openExample("segment");
    const columns = Math.min(deps.stdout.columns, 100);
    const stage: DemoStage = { deps, sandbox, folder, columns };
    const steps = await play(stage);
    const seconds = Math.round((deps.clock.now() - startedAt) / 100) / 10;
    return {
      result: { seconds, steps },
      alreadySaid: ["diagnostics"],
      text: () => `Shown in ${seconds} s. Now yours: \`orgrail doctor\`, then \`orgrail init\`.`,
      ...(options.keep === undefined ? {} : { next: `The files are in ${options.keep}.` }),
    };
  } finally {
    if (options.keep === undefined) await rm(folder, { recursive: true, force: true });
  }
};
