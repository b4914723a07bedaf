import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { questions } from "./questions.ts";

/** Prowler's version; its verdicts change with it. */
export const prowlerVersion = "5.46.0";

/** Where Prowler is, installed on the first run; `undefined` and why when it cannot be. */
export function installProwler(root: string): { readonly path: string } | { readonly why: string } {
  const given = process.env.ORGRAIL_PROWLER;
  if (given !== undefined) return { path: given };
  const venv = join(root, ".cache", "prowler", prowlerVersion);
  const path = join(venv, "bin", "prowler");
  const stamp = join(venv, "installed");
  if (existsSync(stamp)) return { path };
  mkdirSync(venv, { recursive: true });
  try {
    const quiet = { stdio: ["ignore", "ignore", "inherit"] as ["ignore", "ignore", "inherit"] };
    execFileSync(process.env.ORGRAIL_PYTHON ?? "python3", ["-m", "venv", venv], quiet);
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    execFileSync(join(venv, "bin", "python"), [...pip, `prowler==${prowlerVersion}`], quiet);
  } catch (error) {
    return { why: `prowler ${prowlerVersion} cannot be installed: ${String(error)}` };
  }
  writeFileSync(stamp, "");
  return { path };
}

/** What Prowler said of one check and resource, as its CSV has it. */
export interface ProwlerFinding {
  readonly check: string;
  readonly status: string;
  readonly region: string;
  readonly said: string;
}

/** How Prowler is run. */
export interface ProwlerRun {
  readonly path: string;
  readonly endpoint: string;
  readonly keys: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly regions: readonly string[];
  readonly folder: string;
}

/** Runs Prowler in one account, and reads what it found. Rejects when it does not run to its end. */
export async function runProwler(run: ProwlerRun): Promise<readonly ProwlerFinding[]> {
  const { path, endpoint, keys, regions, folder } = run;
  mkdirSync(folder, { recursive: true });
  const words = [
    "aws",
    "--checks",
    ...questions.map(({ check }) => check),
    "--region",
    ...regions,
    "--output-formats",
    "csv",
    "--output-directory",
    folder,
    "--output-filename",
    "found",
    "--ignore-exit-code-3",
    "--no-banner",
    "--log-level",
    "CRITICAL",
  ];
  const child = spawn(path, words, {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH ?? "",
      HOME: folder,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      ...(keys.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: keys.sessionToken }),
      AWS_DEFAULT_REGION: regions[0] ?? "us-east-1",
      // A failed call of a service that the sandbox lacks is not tried for minutes.
      AWS_MAX_ATTEMPTS: "1",
      AWS_EC2_METADATA_DISABLED: "true",
    },
  });
  const chunks: string[] = [];
  child.stdout.on("data", (chunk) => chunks.push(String(chunk)));
  child.stderr.on("data", (chunk) => chunks.push(String(chunk)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`prowler ended with ${code}: ${chunks.join("").slice(-2_000)}`);
  const file = readdirSync(folder).find((name) => name.endsWith(".csv"));
  if (file === undefined)
    throw new Error(`prowler wrote nothing: ${chunks.join("").slice(-2_000)}`);
  return parseCsv(readFileSync(join(folder, file), "utf8"));
}

/** Prowler's CSV: semicolons, quotes around what holds one. */
export function parseCsv(text: string): readonly ProwlerFinding[] {
  const [head = [], ...rows] = records(text);
  const at = (name: string): number => {
    const index = head.indexOf(name);
    if (index < 0) throw new Error(`prowler's CSV has no column ${name}`);
    return index;
  };
  const [check, status, region, said] = [
    at("CHECK_ID"),
    at("STATUS"),
    at("REGION"),
    at("STATUS_EXTENDED"),
  ];
  return rows
    .filter((row) => row.length === head.length)
    .map((row) => ({
      check: row[check] ?? "",
      status: row[status] ?? "",
      region: row[region] ?? "",
      said: row[said] ?? "",
    }));
}

function records(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  let field = "";
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ";" || character === "\n") {
      rows.at(-1)?.push(field.replace(/\r$/, ""));
      field = "";
      if (character === "\n") rows.push([]);
    } else field += character;
  }
  if (field !== "") rows.at(-1)?.push(field);
  return rows.filter((row) => row.length > 1);
}
