import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** A folder that all files of a run share, for what is made once and takes long. */
    readonly sharedFolder: string;
  }
}

/** Makes the shared folder before a run of the tests, and removes it afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "orgrail-tests-"));
  project.provide("sharedFolder", folder);
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  // While files are watched: what was made is of the code before the change.
  project.onTestsRerun(async () => {
    await remove();
    await mkdir(folder);
  });
  return remove;
}
