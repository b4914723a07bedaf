import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Finding } from "../src/core/finding.ts";
import type { Snapshot } from "../src/core/snapshot.ts";
import { readSnapshotFile } from "../src/store/snapshot-file.ts";
import { compare, type Row, type Verdict, type Verdicts, worstOf } from "./prowler/compare.ts";
import { explanations } from "./prowler/explanations.ts";
import { installProwler, prowlerVersion, runProwler } from "./prowler/run-prowler.ts";
import { keysOf, makeWorld, orgrail, regions } from "./prowler/world.ts";

/**
 * Asks Prowler and orgrail the same questions of the same organization, in the sandbox, and compares
 * their answers, calls and time. Every difference has its explanation in `prowler/explanations.ts`.
 * `--json` for a machine.
 */

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const isJson = process.argv.includes("--json");

function say(text: string): void {
  if (!isJson) process.stdout.write(`${text}\n`);
}

function missing(why: string): never {
  const isRequired = process.env.ORGRAIL_REQUIRE_REFEREES === "1";
  process.stderr.write(`referee:prowler ${isRequired ? "FAILED" : "SKIPPED"}: ${why}\n`);
  process.exit(isRequired ? 1 : 0);
}

/** Accounts that Prowler is run in: it takes minutes for each, one after the other. */
const wanted = ["security", "logs"];
/** A member that the example has had for long. */
const deleter = "personas-prod";

const installed = installProwler(root);
if ("why" in installed) missing(installed.why);

const folder = mkdtempSync(join(tmpdir(), "orgrail-prowler-"));
try {
  say("making an organization that is covered in part, in the sandbox");
  const sandbox = await makeWorld(folder);
  await orgrail(sandbox, folder, "snapshot", "--out", "members.json");
  const before: Snapshot = await readSnapshotFile(join(folder, "members.json"));
  const members = before.organization.accounts;
  const other = members.find(({ name }) => name === deleter);
  if (other === undefined) throw new Error(`the example has no account ${deleter}`);
  const accounts = members.filter(
    ({ id, name }) => id === sandbox.managementAccount || id === other.id || wanted.includes(name),
  );

  say("orgrail: all accounts, one run");
  const began = sandbox.calls.length;
  const startedAt = performance.now();
  await orgrail(sandbox, folder, "collect", "--tier", "inside", "--out", "snapshot.json");
  const audited = await orgrail(sandbox, folder, "audit", "--snapshot", "snapshot.json", "--json");
  const ours = {
    seconds: (performance.now() - startedAt) / 1_000,
    calls: sandbox.calls.length - began,
    accounts: members.filter(({ state }) => state === "ACTIVE").length,
  };
  const findings = (JSON.parse(audited) as { readonly result: { readonly findings: Finding[] } })
    .result.findings;

  const door = await sandbox.serve();
  const theirs = new Map<string, Map<string, Verdict>>();
  const sayings = new Map<string, string>();
  const beforeProwler = sandbox.calls.length;
  const prowlerAt = performance.now();
  try {
    for (const account of accounts) {
      say(`prowler ${prowlerVersion}: ${account.name}`);
      const found = await runProwler({
        path: installed.path,
        endpoint: door.endpoint,
        keys: await keysOf(sandbox, account.id),
        regions,
        folder: join(folder, account.id),
      });
      for (const { check, status, said } of found) {
        const verdict: Verdict =
          status === "PASS" ? "pass" : status === "FAIL" ? "fail" : "unknown";
        const answers = theirs.get(check) ?? new Map<string, Verdict>();
        const now = answers.get(account.id);
        answers.set(account.id, worstOf(now === undefined ? [verdict] : [now, verdict]));
        theirs.set(check, answers);
        if (verdict === answers.get(account.id)) sayings.set(`${check} ${account.name}`, said);
      }
    }
  } finally {
    await door.close();
  }
  const prowler = {
    seconds: (performance.now() - prowlerAt) / 1_000,
    calls: sandbox.calls.length - beforeProwler,
    accounts: accounts.length,
  };

  const rows = compare(accounts, theirs, verdictsOf(findings));
  report(rows, sayings, ours, prowler);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Our verdicts by rule and account; a finding without account is the organization's. */
function verdictsOf(findings: readonly Finding[]): Verdicts {
  const verdicts = new Map<string, Map<string, Verdict>>();
  for (const { rule, status, account = "" } of findings) {
    const verdict: Verdict = status === "pass" || status === "fail" ? status : "unknown";
    if (status === "not-applicable") continue;
    const answers = verdicts.get(rule) ?? new Map<string, Verdict>();
    const now = answers.get(account);
    answers.set(account, worstOf(now === undefined ? [verdict] : [now, verdict]));
    verdicts.set(rule, answers);
  }
  return verdicts;
}

interface Effort {
  readonly seconds: number;
  readonly calls: number;
  readonly accounts: number;
}

function report(
  rows: readonly Row[],
  sayings: ReadonlyMap<string, string>,
  ours: Effort,
  prowler: Effort,
): void {
  const differing = rows.filter(({ agree }) => !agree);
  const open = differing.filter(({ why }) => why === undefined);
  const used = new Set(differing.map((row) => `${row.check} ${row.prowler} ${row.orgrail}`));
  const stale = Object.keys(explanations).filter((key) => !used.has(key));
  if (isJson) {
    process.stdout.write(
      `${JSON.stringify({ prowlerVersion, orgrail: ours, prowler, rows, unexplained: open.length, stale })}\n`,
    );
  } else {
    say("");
    for (const { check, account, prowler: theirs, orgrail: own, agree, why } of rows) {
      const mark = agree ? " " : why === undefined ? "!" : "~";
      say(`${mark} ${check.padEnd(58)} ${account.padEnd(16)} ${theirs.padEnd(8)} ${own}`);
      if (!agree)
        say(
          `    ${why ?? `not explained; prowler: ${sayings.get(`${check} ${account}`) ?? "nothing"}`}`,
        );
    }
    say("");
    say(
      `${rows.length} answers: ${rows.length - differing.length} alike, ${differing.length} differ, ${open.length} of them not explained`,
    );
    for (const [name, { seconds, calls, accounts }] of [
      ["orgrail", ours],
      [`prowler ${prowlerVersion}`, prowler],
    ] as const) {
      say(
        `${name}: ${calls} calls for ${accounts} accounts (${Math.round(calls / accounts)} each), ${seconds.toFixed(1)} s (${(seconds / accounts).toFixed(2)} s each)`,
      );
    }
    for (const key of stale) say(`explained, but there is no such difference: ${key}`);
  }
  if (open.length > 0 || stale.length > 0) process.exitCode = 1;
}
