import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openAccount } from "../../src/sandbox/accounts.ts";
import type { HttpDoor } from "../../src/sandbox/http-door.ts";
import { createAdministrator } from "../../src/services/iam/sandbox/create-administrator.ts";
import { openSandbox, type Sandbox } from "../../src/services/open-sandbox.ts";
import { configureOrganizations } from "../../src/services/organizations/sandbox/state.ts";
import { sandboxServices } from "../../src/services/sandboxes.ts";
import { enableIdentityCenter } from "../../src/services/sso/sandbox/instances.ts";
import { pythonWith } from "./python.ts";
import { skipReferee } from "./require.ts";

type ByOperation<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/** What the walk saw, by service and operation. */
interface Report {
  /** What does not fit botocore's model. */
  readonly problems: readonly string[];
  /** How often an operation was answered without an error. */
  readonly answered: ByOperation<number>;
  /** Codes of the errors that were given. */
  readonly refused: ByOperation<readonly string[]>;
  /** Members of the outermost output that no answer had. */
  readonly absent: ByOperation<readonly string[]>;
  /** Most pages that a paginator read. */
  readonly paged: ByOperation<number>;
  /** All operations that botocore knows. */
  readonly known: Readonly<Record<string, readonly string[]>>;
}

const script = fileURLToPath(new URL("boto3_walk.py", import.meta.url));
const python = pythonWith("boto3");

describe.skipIf(skipReferee("boto3", python !== undefined))("boto3", () => {
  let sandbox: Sandbox;
  let door: HttpDoor;
  let report: Report;

  beforeAll(async () => {
    if (python === undefined) throw new Error("boto3 is required: pip install 'moto[server]'");
    sandbox = openSandbox();
    configureOrganizations(sandbox.world, { govCloud: true });
    door = await sandbox.serve();
    report = await walk(python);
  }, 300_000);
  afterAll(() => door?.close());

  test("finds nothing in any answer that its model does not have", () => {
    expect(report.problems).toEqual([]);
  });

  test("is answered by every operation of AWS Organizations that it knows", () => {
    expect(Object.keys(report.answered.organizations ?? {}).sort()).toEqual(
      [...(report.known.organizations ?? [])].sort(),
    );
    expect(report.known.organizations?.length).toBeGreaterThanOrEqual(63);
  });

  test("is answered by three operations of every service, where the sandbox has them", () => {
    const short = sandboxServices
      .map(({ id }) => [id, Object.keys(report.answered[id] ?? {}).length] as const)
      .filter(([, count]) => count < 3);
    // Resource Access Manager has one switch for the whole organization, and nothing to read it.
    // Of AWS Cost Explorer the one operation is served that tells what trails cost.
    expect(short).toEqual([
      ["ram", 1],
      ["ce", 1],
    ]);
  });

  // Whoever serves an operation lets botocore judge it: there is no list of exceptions.
  test.each(sandboxServices.map(({ id, handlers }) => [id, Object.keys(handlers)] as const))(
    "is answered by every operation of %s that the sandbox serves",
    (id, served) => {
      expect(Object.keys(report.answered[id] ?? {}).sort()).toEqual([...served].sort());
    },
  );

  test("is refused by every operation of AWS Organizations in a way of its own", () => {
    const { ListHandshakesForAccount: _, ...refused } = report.refused.organizations ?? {};
    const all = report.known.organizations ?? [];
    expect(Object.keys(refused).sort()).toEqual(
      all.filter((name) => name !== "ListHandshakesForAccount").sort(),
    );
  });

  test("is given every member of an answer of AWS Organizations", () => {
    expect(report.absent.organizations).toEqual({});
  });

  test("pages through every list of AWS Organizations", () => {
    const { organizations = {} } = report.paged;
    expect(Object.keys(organizations)).toHaveLength(18);
    const short = Object.keys(organizations).filter((name) => (organizations[name] ?? 0) < 2);
    // One root and one parent there are, and no policy that is not valid.
    expect(short.sort()).toEqual([
      "ListAccountsWithInvalidEffectivePolicy",
      "ListEffectivePolicyValidationErrors",
      "ListParents",
      "ListRoots",
      "ListTagsForResource",
    ]);
  });

  /** Runs the walk; lets time pass in the sandbox when it asks for that. */
  async function walk(interpreter: string): Promise<Report> {
    const child = spawn(interpreter, ["-B", script], {
      stdio: ["pipe", "pipe", "pipe"],
      env: { PATH: process.env.PATH, AWS_EC2_METADATA_DISABLED: "true" },
    });
    let errors = "";
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    const ended = new Promise((resolve) => child.once("close", resolve));
    const now = new Date(sandbox.clock.now());
    child.stdin.write(
      `${JSON.stringify({
        endpoint: door.endpoint,
        keys: {
          management: { ...sandbox.credentials, account: sandbox.managementAccount },
          ...Object.fromEntries(
            ["other", "guest", "stranger"].map((who) => [who, standalone(who)]),
          ),
        },
        monthStart: Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 2, 1) / 1000,
      })}\n`,
    );
    for await (const line of createInterface({ input: child.stdout })) {
      const said = JSON.parse(line) as {
        readonly advance?: number;
        readonly enable?: "sso";
        readonly report?: Report;
      };
      if (said.report !== undefined) {
        await ended;
        return said.report;
      }
      if (said.enable === "sso") {
        enableIdentityCenter(sandbox.world, sandbox.managementAccount, "us-east-1");
      }
      sandbox.clock.advance(said.advance ?? 0);
      child.stdin.write("\n");
    }
    await ended;
    throw new Error(`the walk ended without a report: ${errors}`);
  }

  /** An account in no organization, with a key of its administrator. */
  function standalone(name: string): object {
    const { id } = openAccount(sandbox.world, { name, email: `${name}@example.com` });
    return { ...createAdministrator(sandbox.world, id), account: id };
  }
});
