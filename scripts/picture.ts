/**
 * `tsx scripts/picture.ts` runs the demo, with colours, and draws a part of what it printed as
 * `docs/demo.svg`. Run it again when the demo changes.
 */
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { drawTerminal } from "./picture/draw-terminal.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const columns = 84;

const text = await capture(["--import", "tsx", "src/bin.ts", "demo"]);
const lines = text.split("\n");
/** Commands and tables are not wrapped. */
const width = Math.max(...lines.map((line) => stripVTControlCharacters(line).length));
/** The whole would be higher than a screen. */
const shown = [
  "$ npm run demo",
  "  ...",
  "",
  ...lines.slice(lineOfStep(5), lineOfStep(8)),
  "  ...",
  "",
  ...lines.slice(lineOfStep(9)),
].join("\n");
await writeFile(
  `${root}docs/demo.svg`,
  drawTerminal(shown, { title: "orgrail demo", columns: width }),
);
process.stdout.write(`docs/demo.svg: ${shown.split("\n").length} lines\n`);

/** Where a step of the demo begins. */
function lineOfStep(number: number): number {
  const title = new RegExp(`^(\u001b\\[\\d+m)*${number}\\. `);
  const at = lines.findIndex((line) => title.test(line));
  if (at < 0) throw new Error(`the demo has no step ${number}`);
  return at;
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
