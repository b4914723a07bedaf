import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { InPlaceOfAws } from "../../../src/cli/deps.ts";
import { main } from "../../../src/cli/main.ts";
import { cliHost, type TestHostOptions } from "../../support/cli-host.ts";

/** What a command line said. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder of files to run command lines in. */
export interface PolicyFolder {
  readonly path: string;
  write(files: Readonly<Record<string, string>>): Promise<void>;
  run(
    argv: readonly string[],
    options?: TestHostOptions & { readonly inPlaceOfAws?: InPlaceOfAws },
  ): Promise<Said>;
  remove(): Promise<void>;
}

/** Makes a temporary folder with files in it. */
export async function policyFolder(
  files: Readonly<Record<string, string>> = {},
): Promise<PolicyFolder> {
  const path = await mkdtemp(join(tmpdir(), "orgrail-policy-"));
  const write = async (more: Readonly<Record<string, string>>): Promise<void> => {
    for (const [name, text] of Object.entries(more)) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFile(join(path, name), text);
    }
  };
  await write({ ".git/HEAD": "", ...files });
  return {
    path,
    write,
    run: async (argv, options = {}) => {
      const { inPlaceOfAws } = options;
      const host = cliHost({ cwd: path, ...options });
      const code = await main(argv, {
        ...host,
        ...(inPlaceOfAws === undefined ? {} : { inPlaceOfAws }),
      });
      return { code, out: host.out(), err: host.err() };
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** A document of a service control policy, laid out as people do. */
export function scp(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 2);
}
