import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inject } from "vitest";

/**
 * Makes something in a folder, once in a run of the tests, whichever process asks first; the others
 * wait for it. Gives the folder and what making it gave, which is JSON.
 */
export async function makeOnce<T>(
  name: string,
  make: (folder: string) => Promise<T>,
): Promise<{ readonly folder: string; readonly made: T }> {
  const folder = join(inject("sharedFolder"), name);
  const answer = join(inject("sharedFolder"), `${name}.json`);
  const isFirst = await mkdir(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return false;
      throw error;
    },
  );
  if (isFirst) {
    const outcome = await make(folder).then(
      (made) => ({ made }),
      (error: unknown) => ({ failed: String(error) }),
    );
    // Renamed into place, so that nobody reads half of it.
    await writeFile(`${answer}.part`, JSON.stringify(outcome));
    await rename(`${answer}.part`, answer);
  }
  const outcome = await awaitAnswer<T>(answer);
  if ("failed" in outcome) throw new Error(`${name} could not be made: ${outcome.failed}`);
  return { folder, made: outcome.made };
}

async function awaitAnswer<T>(
  file: string,
): Promise<{ readonly made: T } | { readonly failed: string }> {
  for (;;) {
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text !== undefined) return JSON.parse(text) as { made: T } | { failed: string };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
