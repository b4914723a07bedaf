import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { regions as allRegions } from "../../src/data/regions.ts";
import { writeSnapshotFile } from "../../src/store/snapshot-file.ts";
import { benchOrganization, type ServicesSize } from "./bench-organization.ts";
import { buildChild } from "./build-child.ts";
import { enableEverything } from "./collect-figures.ts";
import type { LargeFigures } from "./large-child.ts";
import { largeSnapshot } from "./large-snapshot.ts";
import { type BenchResult, informing, limited } from "./report.ts";

/** Services that are on in all accounts by what the organization says, without a call for each. */
const centrally = ["guardduty", "securityhub", "access-analyzer", "cloudtrail"];

/**
 * Reads a large organization by the command itself, in a child process that talks to a sandbox over
 * HTTP, and makes matrix, audit and page from the snapshot in another.
 */
export async function largeFigures(size: ServicesSize): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), "orgrail-bench-"));
  const file = join(folder, "snapshot.json");
  // The sandbox's clock stands still while others' real ones go on: no bucket would ever fill.
  const organization = await benchOrganization(size, centrally, "none");
  await enableEverything(organization);
  const door = await organization.sandbox.serve();
  const name = `${size.accounts} accounts`;
  try {
    const { credentials, homeRegion } = organization.sandbox;
    const soFar = organization.sandbox.calls.length;
    const program = await buildChild("large-child", folder);
    const read = await child(program, ["collect", file, ...organization.governed], {
      AWS_ENDPOINT_URL: door.endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: homeRegion,
    });
    const calls = organization.sandbox.calls.length - soFar;
    const judged = await child(program, ["judge", file], {});
    const { matrix = 0, audit = 0 } = judged.seconds;
    const bytes = (await stat(file)).size;
    return [
      informing(`${name}: calls of collect`, calls, "calls"),
      limited(`${name}: resident memory of collect`, read.peakMegabytes, "MB", "lower", 2_000),
      informing(`${name}: processor time of collect`, read.seconds.collect ?? 0, "s"),
      informing(`${name}: snapshot`, bytes / 1_000_000, "MB"),
      ...Object.entries(judged.seconds).map(([what, took]) =>
        informing(`${name}: ${what}`, took, "s"),
      ),
      informing(`${name}: cells`, judged.counts.cells ?? 0, "cells"),
      informing(`${name}: rules`, judged.counts.rules ?? 0, "rules"),
      limited(`${name}: matrix and all rules`, matrix + audit, "s", "lower", 10),
      limited(`${name}: page`, (judged.counts.pageBytes ?? 0) / 1_000_000, "MB", "lower", 5),
      informing(`${name}: table of cells`, (judged.counts.parquetBytes ?? 0) / 1_000_000, "MB"),
      informing(`${name}: resident memory of both`, judged.peakMegabytes, "MB"),
    ];
  } finally {
    await door.close();
    if (!process.argv.includes("--keep")) await rm(folder, { recursive: true });
    else process.stderr.write(`${folder}\n`);
  }
}

/** Matrix, audit and page of a snapshot that is made, of so many accounts. */
export async function generatedFigures(accounts: number, regions: number): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), "orgrail-bench-"));
  try {
    const file = join(folder, "snapshot.json");
    const names = allRegions.list.filter(({ optIn }) => !optIn).map(({ name }) => name);
    await writeSnapshotFile(file, largeSnapshot(accounts, names.slice(0, regions)));
    const program = await buildChild("large-child", folder);
    const judged = await child(program, ["judge", file], {});
    const { matrix = 0, audit = 0 } = judged.seconds;
    const name = `generated, ${accounts} accounts`;
    const isLimited = accounts <= 10_000;
    const pageMegabytes = (judged.counts.pageBytes ?? 0) / 1_000_000;
    return [
      informing(`${name}: snapshot`, (await stat(file)).size / 1_000_000, "MB"),
      informing(`${name}: cells`, judged.counts.cells ?? 0, "cells"),
      informing(`${name}: findings`, judged.counts.findings ?? 0, "findings"),
      ...Object.entries(judged.seconds).map(([what, took]) =>
        informing(`${name}: ${what}`, took, "s"),
      ),
      isLimited
        ? limited(`${name}: matrix and all rules`, matrix + audit, "s", "lower", 10)
        : informing(`${name}: matrix and all rules`, matrix + audit, "s"),
      isLimited
        ? limited(`${name}: page`, pageMegabytes, "MB", "lower", 5)
        : informing(`${name}: page`, pageMegabytes, "MB"),
      informing(`${name}: resident memory`, judged.peakMegabytes, "MB"),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function child(
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<LargeFigures> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...words], {
    env: { ...process.env, ...env },
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout) as LargeFigures;
}
