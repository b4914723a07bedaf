import { once } from "node:events";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CreateOrganizationalUnitCommand,
  ListRootsCommand,
  OrganizationsClient,
} from "@aws-sdk/client-organizations";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { realTimeClock } from "../../src/sandbox/real-time-clock.ts";
import { openExample } from "../../src/services/open-example.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { type CommandLine, commandLine, type Ran } from "./support/command-line.ts";
import { type ServedSandbox, serve } from "./support/served-sandbox.ts";

let cli: CommandLine;
let small: Sandbox;
let served: ServedSandbox;
beforeAll(async () => {
  cli = await commandLine();
  small = await openExample("small", { clock: realTimeClock() });
});
afterAll(async () => {
  await served.door.close();
  await cli.remove();
});

/** Every test has a copy of the organization and an empty folder. */
beforeEach(async () => {
  await served?.door.close();
  served = await serve(small.copy());
  for (const name of await readdir(cli.folder)) {
    await rm(join(cli.folder, name), { recursive: true });
  }
});

const orgrail = (line: string, env: Record<string, string> = {}): Promise<Ran> =>
  cli.run(line.split(" "), { env: { ...served.env, ...env } });

/** Changes the configuration that `orgrail init` wrote. */
async function edit(change: (text: string) => string): Promise<void> {
  const file = join(cli.folder, "orgrail.yaml");
  await writeFile(file, change(await readFile(file, "utf8")));
}

const addUnits = (text: string): string =>
  text.replace(
    /^organizationalUnits:$/m,
    "organizationalUnits:\n  - name: Labs\n    organizationalUnits:\n      - name: Robots",
  );

test("init, plan: nothing to do; change, plan, apply, drift: nothing left", async () => {
  expect(await orgrail("init")).toMatchObject({ code: 0 });
  expect(await orgrail("validate")).toMatchObject({ code: 0 });
  const first = await orgrail("plan --detailed-exitcode");
  expect(first).toMatchObject({ code: 0, out: expect.stringContaining("No changes.") });

  await edit(addUnits);
  const plan = await orgrail("plan --detailed-exitcode --out plan.json");
  expect(plan).toMatchObject({ code: 2, out: expect.stringContaining("Plan: 2 to add") });
  const drift = await orgrail("drift --detailed-exitcode --json");
  expect(drift.code).toBe(2);
  expect(JSON.parse(drift.out).result).toMatchObject({ drift: true, differences: { length: 2 } });

  const apply = await orgrail("apply plan.json --yes --json");
  expect(apply.code).toBe(0);
  expect(JSON.parse(apply.out).result).toMatchObject({
    counts: { done: 2, failed: 0 },
    converged: true,
    interrupted: false,
  });
  expect(await orgrail("drift --detailed-exitcode")).toMatchObject({ code: 0 });
});

test("init overwrites nothing unless forced to", async () => {
  await orgrail("init");
  const refused = await orgrail("init");
  expect(refused).toMatchObject({ code: 64, err: expect.stringContaining("--force") });
  expect(await orgrail("init --force")).toMatchObject({ code: 0 });
});

test("apply without a terminal and without --yes refuses, names the flag, changes nothing", async () => {
  await orgrail("init");
  await edit(addUnits);
  const before = served.sandbox.calls.length;
  const { code, err } = await orgrail("apply");
  expect(code).toBe(64);
  expect(err).toContain("--yes");
  const writes = served.sandbox.calls.slice(before).filter(({ operation }) => isWrite(operation));
  expect(writes).toEqual([]);
  expect(await orgrail("drift --detailed-exitcode")).toMatchObject({ code: 2 });
});

test("a saved plan is refused, change by change, when the world has moved", async () => {
  await orgrail("init");
  await edit((text) => addUnits(text).replace("name: Robots", "name: Robots\n  - name: Zoo"));
  await orgrail("plan --out plan.json");
  const client = new OrganizationsClient({
    region: served.sandbox.homeRegion,
    credentials: served.sandbox.credentials,
    requestHandler: served.sandbox.requestHandler(),
  });
  const { Roots = [] } = await client.send(new ListRootsCommand({}));
  const ParentId = Roots[0]?.Id;
  await client.send(new CreateOrganizationalUnitCommand({ ParentId, Name: "Zoo" }));
  const { code, out } = await orgrail("apply plan.json --yes --json");
  const { result } = JSON.parse(out);
  const statusOf = (address: string): string =>
    result.outcomes.find((one: { address: string }) => one.address === address)?.status;
  expect(statusOf("organizationalUnit:Labs")).toBe("done");
  expect(["already", "refused"]).toContain(statusOf("organizationalUnit:Zoo"));
  expect(code).toBe(statusOf("organizationalUnit:Zoo") === "refused" ? 1 : 0);
});

test("a plan that was altered, cut off, or is of another organization is refused", async () => {
  await orgrail("init");
  await edit(addUnits);
  await orgrail("plan --out plan.json");
  const text = await readFile(join(cli.folder, "plan.json"), "utf8");
  await writeFile(join(cli.folder, "altered.json"), text.replaceAll("Robots", "Rebels"));
  await writeFile(join(cli.folder, "cut.json"), text.slice(0, -200));
  for (const name of ["altered.json", "cut.json"]) {
    const refused = await orgrail(`apply ${name} --yes`);
    expect(refused).toMatchObject({ code: 64, err: expect.stringContaining(name) });
  }
  await served.door.close();
  served = await serve(await openExample("small", { clock: realTimeClock(), seed: 2 }));
  const other = await orgrail("apply plan.json --yes");
  expect(other.code).toBe(64);
  expect(other.err).toContain("is of organization");
  expect(served.sandbox.calls.filter(({ operation }) => isWrite(operation))).toEqual([]);
});

describe("an apply that is interrupted", () => {
  /** Twenty units below one another are twenty changes that rest on one another. */
  const many = (text: string): string => {
    const units = Array.from({ length: 20 }, (_, index) => `  - name: Unit ${index}`);
    return text.replace(/^organizationalUnits:$/m, ["organizationalUnits:", ...units].join("\n"));
  };

  test("by Ctrl-C stops cleanly with 130, and is resumed without a duplicate", async () => {
    await orgrail("init");
    await edit(many);
    const child = cli.start(["apply", "--yes"], { env: served.env });
    const err: Buffer[] = [];
    child.stderr?.on("data", (chunk: Buffer) => {
      err.push(chunk);
      if (chunk.includes("done")) child.kill("SIGINT");
    });
    child.stdin?.end();
    const [code] = await once(child, "close");
    const said = Buffer.concat(err).toString();
    expect({ code, said }).toMatchObject({ code: 130 });
    expect(said).toContain("orgrail apply --resume");

    const again = await orgrail("apply --yes");
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining("was interrupted") });
    const resumed = await orgrail("apply --resume --yes --json");
    expect(resumed.code).toBe(0);
    expect(JSON.parse(resumed.out).result).toMatchObject({ counts: { done: 20 }, converged: true });
    const made = served.sandbox.calls.filter(
      ({ operation }) => operation === "CreateOrganizationalUnit",
    );
    expect(made).toHaveLength(20);
  });

  test("by kill -9 is found; it can be discarded, and a new plan does the rest", async () => {
    await orgrail("init");
    await edit(many);
    const child = cli.start(["apply", "--yes"], { env: served.env });
    child.stderr?.on("data", (chunk: Buffer) => {
      if (chunk.includes("done")) child.kill("SIGKILL");
    });
    child.stdin?.end();
    await once(child, "close");
    expect(await orgrail("doctor")).toMatchObject({ out: expect.stringContaining("--resume") });
    expect(await orgrail("apply --yes")).toMatchObject({ code: 1 });
    const discarded = await orgrail("apply --discard --yes --json");
    expect(discarded.code).toBe(0);
    expect(JSON.parse(discarded.out).result.converged).toBe(true);
  });
});

test("--target plans one thing and what it depends on", async () => {
  await orgrail("init");
  await edit((text) => addUnits(text).replace("name: Robots", "name: Robots\n  - name: Zoo"));
  const { out } = await orgrail("plan --target organizationalUnit:Labs/Robots --json");
  const addresses = JSON.parse(out).result.changes.map(
    ({ address }: { address: string }) => address,
  );
  expect(addresses).toEqual(["organizationalUnit:Labs", "organizationalUnit:Labs/Robots"]);
  const wrong = await orgrail("plan --target organizationalUnit:Lab/Robots");
  expect(wrong).toMatchObject({ code: 64, err: expect.stringContaining("did you mean") });
});

test("a snapshot stands in for AWS, and is served as a sandbox", async () => {
  await orgrail("snapshot --out now.json");
  expect(await orgrail("init --snapshot now.json")).toMatchObject({ code: 0 });
  const offline = await cli.run(["plan", "--snapshot", "now.json", "--detailed-exitcode"]);
  expect(offline).toMatchObject({ code: 0 });
  const child = cli.start(["sandbox", "--from", "now.json", "--json"]);
  const [line] = await once(child.stdout ?? child, "data");
  const ready = JSON.parse(String(line));
  expect(ready).toEqual({
    endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    accessKeyId: expect.any(String),
    secretAccessKey: expect.any(String),
    managementAccount: served.sandbox.managementAccount,
    homeRegion: "us-east-1",
  });
  const copied = await cli.run(["plan", "--detailed-exitcode", "--endpoint-url", ready.endpoint], {
    env: { AWS_ACCESS_KEY_ID: ready.accessKeyId, AWS_SECRET_ACCESS_KEY: ready.secretAccessKey },
  });
  expect(copied).toMatchObject({ code: 0, out: expect.stringContaining("No changes.") });
  child.kill("SIGTERM");
  const [code] = await once(child, "close");
  expect(code).toBe(0);
});

test("NO_COLOR and FORCE_COLOR", async () => {
  await orgrail("init");
  await edit(addUnits);
  const colored = "\u001b[";
  expect((await orgrail("plan", { FORCE_COLOR: "1" })).out).toContain(colored);
  expect((await orgrail("plan", { FORCE_COLOR: "1", NO_COLOR: "1" })).out).not.toContain(colored);
});

function isWrite(operation: string): boolean {
  return !/^(Describe|List|Get)/.test(operation);
}
