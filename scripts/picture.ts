/**
 * `tsx scripts/picture.ts` runs the demo, with colours, and draws the end of what it printed as
 * `docs/demo.svg`. Run it again when the demo changes.
 */
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { drawTerminal } from "./picture/draw-terminal.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const columns = 84;

const text = await capture(["--import", "tsx", "src/bin.ts", "demo"]);
const shown = ["$ npm run demo", "  ...", ...fromStep(4, text)].join("\n");
await writeFile(`${root}docs/demo.svg`, drawTerminal(shown, { title: "orgrail demo", columns }));
process.stdout.write(`docs/demo.svg: ${shown.split("\n").length} lines\n`);

/** The lines from a step of the demo on: the whole would be higher than a screen. */
function fromStep(number: number, all: string): readonly string[] {
  const lines = all.split("\n");
  const title = new RegExp(`^(\u001b\\[\\d+m)*${number}\\. `);
  const from = lines.findIndex((line) => title.test(line));
  if (from < 0) throw new Error(`the demo has no step ${number}`);
  return ["", ...lines.slice(from)];
}

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
