import { execFile } from "node:child_process";
import { once } from "node:events";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server as TcpServer,
} from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { realTimeClock } from "../../src/sandbox/real-time-clock.ts";
import { openExample } from "../../src/services/open-example.ts";
import { type CommandLine, commandLine } from "./support/command-line.ts";
import { expectClear } from "./support/expect-clear.ts";
import { type ServedSandbox, serve } from "./support/served-sandbox.ts";

let cli: CommandLine;
let served: ServedSandbox;
const servers: (Server | TcpServer)[] = [];
beforeAll(async () => {
  cli = await commandLine();
  served = await serve(await openExample("small", { clock: realTimeClock() }));
  expect(await cli.run(["init"], { env: served.env })).toMatchObject({ code: 0 });
});
afterAll(async () => {
  for (const server of servers) {
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
  }
  await served.door.close();
  await cli.remove();
});

async function endpointOf(server: Server | TcpServer): Promise<string> {
  servers.push(server.listen(0, "127.0.0.1"));
  await once(server, "listening");
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const answering = (status: number, body: string): Promise<string> =>
  endpointOf(
    createServer((request, response) => {
      request.resume();
      response.writeHead(status, { "content-type": "text/html" }).end(body);
    }),
  );
const hanging = (): Promise<string> =>
  endpointOf(createTcpServer((socket) => socket.on("error", () => {})));

describe("an endpoint that", () => {
  test.concurrent.each<[string, () => Promise<string>, string, string]>([
    [
      "answers a page of HTML",
      () => answering(200, "<html>log in</html>"),
      "ORGRAIL4008",
      "a proxy",
    ],
    ["answers nothing, gladly", () => answering(200, ""), "ORGRAIL4008", "a proxy"],
    ["leads elsewhere", () => answering(302, ""), "ORGRAIL4008", "status 302"],
    ["is not there", () => answering(404, "not found"), "ORGRAIL4008", "status 404"],
    ["wants a proxy's password", () => answering(407, "who?"), "ORGRAIL4008", "status 407"],
    ["is out of service", () => answering(503, "<h1>503</h1>"), "ORGRAIL4008", "status 503"],
    [
      "speaks another protocol",
      () =>
        endpointOf(createTcpServer((socket) => socket.on("error", () => {}).end("SSH-2.0-x\r\n"))),
      "ORGRAIL4008",
      "a proxy",
    ],
    [
      "hangs up",
      () => endpointOf(createTcpServer((socket) => socket.on("error", () => {}).destroy())),
      "ORGRAIL4007",
      "check the network",
    ],
    ["refuses", () => Promise.resolve("127.0.0.1:1"), "ORGRAIL4007", "ECONNREFUSED 127.0.0.1:1"],
  ])("%s", async (_, open, code, said) => {
    const env = { ...served.env, AWS_ENDPOINT_URL: `http://${await open()}` };
    const ran = await cli.run(["plan"], { env });
    expectClear(ran, 1);
    expect(ran.err).toContain(`error[${code}]: `);
    expect(ran.err).toMatch(/(sts|organizations):\w+, us-east-1: /);
    expect(ran.err).toContain(said);
  });

  test("speaks no TLS", async () => {
    const env = { ...served.env, AWS_ENDPOINT_URL: `https://${await answering(200, "")}` };
    const ran = await cli.run(["plan"], { env });
    expectClear(ran, 1);
    expect(ran.err).toContain("check the network, the proxy, and the endpoint");
  });

  test.each([["plan"], ["apply", "--yes"]])(
    "never answers is left at Ctrl-C: %s",
    async (...args) => {
      const env = { ...served.env, AWS_ENDPOINT_URL: `http://${await hanging()}` };
      const child = cli.start(args, { env });
      const err: Buffer[] = [];
      child.stderr?.on("data", (chunk: Buffer) => err.push(chunk));
      child.stdin?.end();
      const server = servers.at(-1);
      await once(server as TcpServer, "connection");
      const started = performance.now();
      child.kill("SIGINT");
      const [code] = await once(child, "close");
      expect(performance.now() - started).toBeLessThan(5_000);
      expectClear({ code, out: "", err: Buffer.concat(err).toString() }, 130);
    },
  );
});

describe("settings that lead nowhere", () => {
  test.each<[string, Record<string, string>, readonly string[], number, string]>([
    ["a Region that is none", { AWS_REGION: "x y" }, [], 64, "`x y` is no name of a Region"],
    ["half of a key", { AWS_SECRET_ACCESS_KEY: "" }, [], 4, "AWS_SECRET_ACCESS_KEY"],
    [
      "a key that nobody knows",
      { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE" },
      [],
      4,
      "is not valid",
    ],
    [
      "a profile that nobody wrote",
      { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" },
      ["--profile", "nobody"],
      4,
      "the profile `nobody` gives no credentials",
    ],
  ])("%s", async (_, env, args, code, said) => {
    const ran = await cli.run(["plan", ...args], { env: { ...served.env, ...env } });
    expectClear(ran, code);
    expect(ran.err).toContain(said);
    expect(ran.err).toMatch(/help: \S/);
  });

  test("no Region at all: the organization's own is taken", async () => {
    const { AWS_REGION: _, ...env } = served.env;
    expect(await cli.run(["plan"], { env })).toMatchObject({ code: 0 });
  });

  test("a port that is in use", async () => {
    const ran = await cli.run(["sandbox", "--port", String(served.door.port)]);
    expectClear(ran, 1);
    expect(ran.err).toContain(`port ${served.door.port} cannot be used: another program listens`);
    expect(ran.err).toContain("leave --port off for a free one");
  });

  test.skipIf(process.getuid?.() === 0)("a file that is closed to us (not for root)", async () => {
    const file = join(cli.folder, "closed.yaml");
    await writeFile(file, "version: 1\n");
    await chmod(file, 0);
    const ran = await cli.run(["validate", "closed.yaml"]);
    expectClear(ran, 64);
    expect(ran.err).toContain("permission denied");
  });
});

/** Runs it with its streams as a shell makes them. */
function inShell(line: string): Promise<{ code: number; out: string; err: string }> {
  const env = { ...served.env, PATH: process.env.PATH, HOME: cli.folder, BIN: cli.bin };
  return new Promise((resolve) => {
    execFile("bash", ["-c", line], { cwd: cli.folder, env }, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
    });
  });
}

describe("streams", () => {
  const orgrail = '"$(command -v node)" "$BIN"';

  test("a full disk behind standard output", async () => {
    const ran = await inShell(`${orgrail} plan > /dev/full`);
    expectClear(ran, 1);
    expect(ran.err).toContain("the result is not complete: standard output takes no more");
  });

  test("a full disk behind standard error hides no result", async () => {
    const ran = await inShell(`${orgrail} plan 2> /dev/full`);
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining("No changes.") });
  });

  test("a reader that takes one line", async () => {
    const ran = await inShell(`set -o pipefail; ${orgrail} plan --json -q | head -c 5`);
    expect(ran).toEqual({ code: 0, out: '{"sch', err: "" });
  });

  test("standard input that is closed is nobody to ask", async () => {
    const file = join(cli.folder, "orgrail.yaml");
    const text = await readFile(file, "utf8");
    await writeFile(
      join(cli.folder, "new.yaml"),
      text.replace(/^accounts:$/m, "root: {tags: {a: b}}\naccounts:"),
    );
    const ran = await inShell(`${orgrail} apply -c new.yaml <&-`);
    expectClear(ran, 64);
    expect(ran.err).toContain("give --yes to answer beforehand; nothing was changed");
  });
});

test("two applies at once: the second says who has the lock, and a kill -9 of the first hides nothing", async () => {
  const text = await readFile(join(cli.folder, "orgrail.yaml"), "utf8");
  const two = (line: string): string => `${line}  - name: Early\n  - name: Late\n`;
  await writeFile(join(cli.folder, "two.yaml"), text.replace(/^organizationalUnits:\n/m, two));
  const create = "CreateOrganizationalUnit";
  const made = (): number =>
    served.sandbox.calls.filter(
      ({ operation, outcome }) => operation === create && outcome === "ok",
    ).length;
  // The first unit is made, and whoever asked for it is never told.
  served.sandbox.faults.add({ name: "timeout", operation: create, nth: 1, when: "after" });
  const asked = ["apply", "--yes", "-c", "two.yaml"];
  const first = cli.start(asked, { env: served.env });
  first.stdin?.end();
  await vi.waitFor(
    () => expect(served.sandbox.calls.map(({ operation }) => operation)).toContain(create),
    { timeout: 20_000 },
  );
  const second = await cli.run(asked, { env: served.env });
  expectClear(second, 1);
  expect(second.err).toContain(
    `another orgrail holds the lock: \`apply\`, process ${first.pid} on `,
  );

  first.kill("SIGKILL");
  await once(first, "close");
  const third = await cli.run(asked, { env: served.env });
  expectClear(third, 1);
  expect(third.err).toMatch(/was interrupted: 0 of 2 changes are settled \(\.orgrail\//);
  const resumed = await cli.run([...asked, "--resume", "--json"], { env: served.env });
  expect(resumed.code).toBe(0);
  expect(JSON.parse(resumed.out).result).toMatchObject({ converged: true, counts: { pending: 0 } });
  expect(made()).toBeLessThanOrEqual(2);
  const after = await cli.run(["plan", "-c", "two.yaml", "--detailed-exitcode"], {
    env: served.env,
  });
  expect(after.code).toBe(0);
});
