/**
 * `tsx scripts/picture.ts` runs the demo, with colours, and draws what it printed as
 * `docs/demo.svg`. Run it again when the demo changes.
 */
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { drawTerminal } from "./picture/draw-terminal.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const columns = 100;

const text = await capture(["--import", "tsx", "src/bin.ts", "demo"]);
await writeFile(`${root}docs/demo.svg`, drawTerminal(text, { title: "orgrail demo", columns }));
process.stdout.write(`docs/demo.svg: ${text.split("\n").length} lines\n`);

/** Standard output and error of a run, as a terminal would show them one after the other. */
async function capture(args: readonly string[]): Promise<string> {
  const env = { ...process.env, FORCE_COLOR: "1", COLUMNS: String(columns) };
  const child = spawn(process.execPath, args, { cwd: root, env });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise((resolve) => child.on("close", resolve));
  const text = Buffer.concat(chunks).toString("utf8");
  if (code !== 0) throw new Error(`the demo ended with ${code}:\n${text}`);
  return text;
}
