import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plan } from "../../core/plan.ts";
import { duration } from "../progress.ts";
import { counted } from "../words.ts";
import { wrap } from "../wrap.ts";
import { askEvents } from "./ask-events.ts";
import { editConfig } from "./edit-config.ts";
import { guardDutyStates } from "./look-covered.ts";
import { demoRegions, withAccount, withServices } from "./service-blocks.ts";
import { timed } from "./shell.ts";
import { type DemoStep, startSpeech } from "./speech.ts";
import type { DemoStage } from "./stage.ts";
import { findAccount, tamper, tryToLeave } from "./tamper.ts";

const tamperedPolicy = "protect-cloudtrail";
const tamperedAccount = "old-production";
const newAccount = "payments-prod";

/**
 * Plays the demo: what is there, what it should be, what would change, the change, somebody who
 * tampers, who notices, and the repair. Every command that is shown is run.
 *
 * @throws Error when a step does not end as it should: then the demo would tell a lie.
 */
export async function play(stage: DemoStage): Promise<readonly DemoStep[]> {
  const { deps, sandbox, folder } = stage;
  const { paint } = deps;
  const speech = startSpeech(stage);
  const { title, command, show, shown, remark } = speech;
  show(
    paint.bold("orgrail demo"),
    "An AWS organization in this process: no AWS account, nothing leaves this machine.",
  );

  await title("What is there: an organization that grew by hand, without guardrails");
  const config = join(folder, "orgrail.yaml");
  shown(firstLine((await command("init", 0)).out));
  const inRoot = (await readFile(config, "utf8")).match(/organizationalUnit: Root$/gm)?.length ?? 0;
  shown(`${inRoot} of the accounts are directly below the root`);
  shown(lastLines((await command("plan", 0)).out, 1));

  await title("What it should be: we edit the file");
  const { text, excerpt } = editConfig(await readFile(config, "utf8"));
  await writeFile(config, text);
  shown(paint.dim(excerpt.join("\n")));

  await title("What would change, and why");
  const planned = await command("plan --out plan.json", 0);
  shown(summary(planned.out));

  await title("Make it so: guardrails before moves, and no account unguarded in between");
  const applied = await timed(sandbox, () => command("apply plan.json --yes", 0));
  shown(applied.value.out);
  remark(`At the rates that AWS publishes this takes ${duration(applied.ms / 1_000)}.`);
  const refusal = await tryToLeave(sandbox, await findAccount(sandbox, tamperedAccount));
  if (refusal === undefined) throw new Error("the account left the organization");
  show("", `   The administrator of ${tamperedAccount} tries to leave the organization:`);
  shown(paint.red(wrap(refusal, stage.columns - 3)));

  await title("Somebody else detaches a guardrail and moves an account, in the console");
  await tamper(sandbox, { policy: tamperedPolicy, account: tamperedAccount });
  show(
    `   detached ${tamperedPolicy} from the root`,
    `   moved ${tamperedAccount} to the root, out of its guardrails`,
  );

  await title("Who notices?");
  const drift = await command("drift --detailed-exitcode", 2);
  shown(withoutRemarks(drift.out));
  remark("Exit code 2: a scheduled job would raise the alarm.");

  await title("Close it");
  shown(lastLines((await command("apply --yes", 0)).out, 2));
  shown(lastLines((await command("drift --detailed-exitcode", 0)).out, 1));

  await title("Every security service, from nothing to everywhere: blocks in the file");
  const secured = withServices(await readFile(config, "utf8"));
  await writeFile(config, secured.text);
  shown(paint.dim(secured.excerpt.join("\n")));
  const covered = async (): Promise<void> => {
    await command("collect --tier full", 0);
    shown((await command("coverage --by service", 3)).out);
  };
  await covered();
  const toEnable = (await command("plan --out services.json", 0)).out;
  shown(await writesByService(join(folder, "services.json")));
  shown(lastLines(toEnable, 1));
  const enabled = await timed(sandbox, () => command("apply services.json --yes", 0));
  shown(lastLines(enabled.value.out, 2));
  remark(`At the rates that AWS publishes this takes ${duration(enabled.ms / 1_000)}.`);
  show("", "   An hour later, when AWS has verified the members:");
  await sandbox.clock.sleep(3_600_000);
  await covered();

  await title("A new account arrives covered");
  await writeFile(config, withAccount(await readFile(config, "utf8"), newAccount));
  shown(lastLines((await command("apply --yes", 0)).out, 2));
  const administrator = await findAccount(sandbox, "security");
  const arrived = await findAccount(sandbox, newAccount);
  const states = await guardDutyStates(sandbox, administrator, arrived, demoRegions);
  if (states.length !== demoRegions.length || states.some((one) => !one.endsWith("Enabled"))) {
    throw new Error(`the new account is not covered: ${states.join(", ")}`);
  }
  show(
    `   GuardDuty, asked by another client, has ${newAccount} as a member: ${states.join(", ")}`,
  );
  shown(lastLines((await command("drift --detailed-exitcode", 0)).out, 1));
  await askEvents(stage, speech, { policy: tamperedPolicy, account: newAccount });
  show("");
  show(`${counted(sandbox.calls.length, "call")} to the sandbox, each checked as AWS checks it.`);
  return speech.steps;
}

/** How many writes a saved plan makes to each service. */
async function writesByService(file: string): Promise<string> {
  const saved = JSON.parse(await readFile(file, "utf8")) as { readonly plan: Plan };
  const counts = new Map<string, number>();
  for (const { service } of saved.plan.changes) {
    counts.set(service, (counts.get(service) ?? 0) + 1);
  }
  return [...counts]
    .map(([service, count]) => `  + ${service}: ${counted(count, "write")}`)
    .join("\n");
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}

function lastLines(text: string, number: number): string {
  return text.trimEnd().split("\n").slice(-number).join("\n");
}

/** A long plan in short: its heading, one thing of each kind, how many more, and the count. */
function summary(plan: string): string {
  const blocks = plan.trimEnd().split("\n\n");
  const things = blocks.filter((block) => /^\s*(\S*\[\d+m)*\s*# /.test(block));
  const kinds = new Map(
    things.map((block) => [kindOf(block), block]).reverse() as [string, string][],
  );
  const chosen = things.filter((block) => kinds.get(kindOf(block)) === block).slice(0, 4);
  return [...chosen, `  ... and ${things.length - chosen.length} more`, lastLines(plan, 1)].join(
    "\n\n",
  );
}

function kindOf(block: string): string {
  return /# (?:\S*\[\d+m)*(\w+)/.exec(block)?.[1] ?? "";
}

/** The differences without what is left alone. */
function withoutRemarks(text: string): string {
  const blocks = text.trimEnd().split("\n\n");
  return blocks.filter((block) => !block.includes("In AWS but not in the file")).join("\n\n");
}
