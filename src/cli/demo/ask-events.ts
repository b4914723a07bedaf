import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { createAdministrator } from "../../services/iam/sandbox/create-administrator.ts";
import { logArchive } from "./service-blocks.ts";
import type { Speech } from "./speech.ts";
import type { DemoStage } from "./stage.ts";
import { findAccount, tamper } from "./tamper.ts";

/** What the trail's files are late by, at most as a rule, and a little more. */
const deliveryMs = 15 * 60_000;

/** A guardrail as it is often written: it forgets the second Region, and those who work there. */
const guardrail = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "OneRegion",
      Effect: "Deny",
      NotAction: ["iam:*", "organizations:*", "sts:*"],
      Resource: "*",
      Condition: { StringNotEquals: { "aws:RequestedRegion": "us-east-1" } },
    },
  ],
};

/** Somebody tampers again, and the trail says who; what it holds says whom a new guardrail breaks. */
export async function askEvents(
  { sandbox, folder }: DemoStage,
  { title, command, show, shown, remark }: Speech,
  names: { readonly policy: string; readonly account: string },
): Promise<void> {
  await title("Somebody detaches it again. Who was it?");
  await tamper(sandbox, names);
  show(
    `   detached ${names.policy} from the root`,
    `   moved ${names.account} to the root, out of its guardrails`,
    "",
    "   A quarter of an hour later the trail has it, in the log archive:",
  );
  await sandbox.clock.sleep(deliveryMs);
  await command("snapshot --out today.json", 0);
  const account = await findAccount(sandbox, logArchive.account);
  const archive = createAdministrator(sandbox.world, account);
  const logs = `s3://${logArchive.bucket}/AWSLogs --snapshot today.json`;
  const detected = await command(`detect ${logs} --fail-on high`, 2, archive);
  shown(withoutExpected(detected.out));
  remark("Expected is what apply did itself: its journal says so.");
  await command("apply --yes", 0);

  await title("Whom would a new guardrail break?");
  await writeFile(join(folder, "regions.json"), JSON.stringify(guardrail, undefined, 2));
  show("   regions.json denies everything outside of us-east-1. Asked of the same logs:");
  const asked = `impact regions.json --target Root ${logs} --fail-on denied`;
  shown(shortened((await command(asked, 2, archive)).out));
  remark("Exit code 2: the role by which orgrail works in us-west-2 would be locked out.");
}

/** What nobody expected, and the counts. */
function withoutExpected(text: string): string {
  const blocks = text.trimEnd().split("\n\n");
  return blocks.filter((block) => !block.includes("Expected:")).join("\n\n");
}

/** The first rows of the answer, up to how many calls. */
function shortened(text: string): string {
  const [head = "", table = ""] = stripVTControlCharacters(text).split("\n\n");
  const rows = table.split("\n").slice(0, 4);
  const width = rows[0]?.indexOf("FIRST");
  return [head, "", ...rows.map((row) => row.slice(0, width).trimEnd()), "..."].join("\n");
}
