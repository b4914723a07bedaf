/**
 * `npm run new -- KIND NAME` makes a room with its test and registers it: `command NOUN/VERB`,
 * `service PREFIX`, `rule NAME` (of policies), `detect AREA/NAME`,
 * `audit AREA/NAME`. Nothing is overwritten.
 */
import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { auditTemplate } from "./templates/audit.ts";
import { commandTemplate } from "./templates/command.ts";
import { detectTemplate } from "./templates/detect.ts";
import { ruleTemplate } from "./templates/rule.ts";
import { serviceTemplate } from "./templates/service.ts";
import type { Registration, Template } from "./templates/template.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const templates: Readonly<Record<string, { pattern: RegExp; make: (name: string) => Template }>> = {
  command: { pattern: /^[a-z]+\/[a-z]+(-[a-z]+)*$/, make: commandTemplate },
  service: { pattern: /^[a-z][a-z0-9-]*$/, make: serviceTemplate },
  rule: { pattern: /^[a-z]+(-[a-z0-9]+)*$/, make: ruleTemplate },
  audit: { pattern: /^[a-z][a-z0-9-]*\/[a-z][a-z0-9]*(-[a-z0-9]+)*$/, make: auditTemplate },
  detect: { pattern: /^[a-z][a-z0-9-]*\/[a-z]+(-[a-z0-9]+)*$/, make: detectTemplate },
};

const [kind = "", name = ""] = process.argv.slice(2);
const template = templates[kind];
if (template === undefined) {
  stop(`npm run new -- ${Object.keys(templates).join("|")} NAME`);
} else if (!template.pattern.test(name)) {
  stop(`the name of a ${kind} is like ${template.pattern.source}; \`${name}\` is not`);
} else {
  await create(template.make(name));
}

async function create({ files, registrations, next }: Template): Promise<void> {
  for (const { path } of files) {
    const exists = await access(join(root, path)).then(
      () => true,
      () => false,
    );
    if (exists) return stop(`${path} exists already`);
  }
  const edits = await Promise.all(registrations.map(registered));
  for (const { path, content } of [...files, ...edits]) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
    process.stdout.write(`${path}\n`);
  }
  process.stdout.write(`\n${next}\n`);
}

/** Puts lines after the last line that matches, which must be there. */
async function registered(edit: Registration): Promise<{ path: string; content: string }> {
  const lines = (await readFile(join(root, edit.path), "utf8")).split("\n");
  for (const { after, line } of edit.lines) {
    const index = lines.findLastIndex((text) => after.test(text));
    if (index < 0) throw new Error(`${edit.path} has no line like ${after.source}`);
    lines.splice(index + 1, 0, line);
  }
  return { path: edit.path, content: lines.join("\n") };
}

function stop(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 64;
}
