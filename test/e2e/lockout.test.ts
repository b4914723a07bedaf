import { readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { realTimeClock } from "../../src/sandbox/real-time-clock.ts";
import { openSandbox } from "../../src/services/open-sandbox.ts";
import { managementId, snapshotOf } from "../plan/builders.ts";
import { type CommandLine, commandLine, type Ran } from "./support/command-line.ts";
import { type ServedSandbox, serve } from "./support/served-sandbox.ts";

let cli: CommandLine;
let served: ServedSandbox | undefined;
beforeAll(async () => {
  cli = await commandLine();
});
afterAll(async () => {
  await served?.door.close();
  await cli.remove();
});

beforeEach(async () => {
  await served?.door.close();
  const snapshot = snapshotOf({ trustedAccess: ["sso.amazonaws.com"] });
  served = await serve(openSandbox({ snapshot, clock: realTimeClock() }));
  for (const name of await readdir(cli.folder)) {
    await rm(join(cli.folder, name), { recursive: true });
  }
  await writeFile(
    join(cli.folder, "orgrail.yaml"),
    `version: 1
organization:
  managementAccountId: "${managementId}"
  homeRegion: eu-central-1
  trustedAccess:
    - { servicePrincipal: sso.amazonaws.com, enabled: false }
`,
  );
});

const orgrail = (line: string): Promise<Ran> =>
  cli.run(line.split(" "), { env: { ...served?.env } });

const wasDisabled = (): boolean =>
  served?.sandbox.calls.some(({ operation }) => operation === "DisableAWSServiceAccess") ?? false;

test("what shuts people out is not answered by --yes", async () => {
  const { code, err } = await orgrail("apply --yes");
  expect(code).toBe(64);
  expect(err).toContain("--confirm o-abcdefghij");
  expect(wasDisabled()).toBe(false);
});

test("nor by the id of another organization", async () => {
  const { code, err } = await orgrail("apply --yes --confirm o-zzzzzzzzzz");
  expect(code).toBe(64);
  expect(err).toContain("o-abcdefghij");
  expect(wasDisabled()).toBe(false);
});

test("but by the organization's id; the state folder is the owner's only", async () => {
  expect(await orgrail("apply --confirm o-abcdefghij")).toMatchObject({ code: 0 });
  expect(wasDisabled()).toBe(true);
  const folder = join(cli.folder, ".orgrail");
  const mode = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
  expect(await mode(folder)).toBe(0o700);
  const kept = (await readdir(folder)).filter((name) => name !== ".gitignore");
  expect(kept.length).toBeGreaterThan(0);
  for (const name of kept) expect(await mode(join(folder, name))).toBe(0o600);
});
