import { at, textAt } from "../../../audit/read-state.ts";
import type { AuditRule } from "../../../audit/rule.ts";
import { AwsError } from "../../../aws/aws-error.ts";
import { InputError } from "../../../core/app-error.ts";
import type { Diagnostic } from "../../../core/diagnostic.ts";
import type { Finding } from "../../../core/finding.ts";
import type { Snapshot } from "../../../core/snapshot.ts";
import { type HubUpdates, hubUpdates } from "../../../report/hub-updates.ts";
import { readSentFindings } from "../../../services/securityhub/read-sent-findings.ts";
import { sendFindings, type UnsentFinding } from "../../../services/securityhub/send-findings.ts";
import { updateFindings } from "../../../services/securityhub/update-findings.ts";
import { connect } from "../../connect.ts";
import type { Deps } from "../../deps.ts";
import { hubOf } from "../../events/write-findings.ts";
import { programFacts } from "../../program-facts.gen.ts";
import type { ReadConfig } from "../../read-config.ts";
import { counted } from "../../words.ts";

/** What is sent, and where to. */
export interface SendAudit {
  readonly findings: readonly Finding[];
  readonly snapshot: Snapshot;
  readonly config: ReadConfig | undefined;
  /** `ACCOUNT:REGION`; where the snapshot saw the administrator when absent. */
  readonly hub: string | undefined;
  /** Rules that ran; where accounts were left out, what is not found is not gone. */
  readonly rules: readonly AuditRule[];
  readonly isWhole: boolean;
}

/** What became of it. */
export interface SentAudit {
  readonly hub: { readonly account: string; readonly region: string };
  readonly created: number;
  readonly updated: number;
  readonly resolved: number;
  readonly kept: number;
  readonly unsent: readonly UnsentFinding[];
  readonly diagnostics: readonly Diagnostic[];
  readonly text: string;
}

const type = "Software and Configuration Checks";
const generator = "orgrail/";
const acceptedAgain = "the exception is over";

/**
 * Makes Security Hub say what the audit does: what fails is imported, what failed before and passes
 * now is archived, exceptions are suppressions with a note. Throws when the findings that are there
 * cannot be read: without them it is not known what is over.
 */
export async function sendAudit(deps: Deps, input: SendAudit): Promise<SentAudit> {
  const { findings, snapshot, config, rules, isWhole } = input;
  const hub = hubOf(input.hub ?? hubOfSnapshot(snapshot));
  const { homeRegion, memberRoles } = config?.desired.organization ?? {};
  const aws = await connect(deps, { homeRegion, memberRole: memberRoles?.write });
  const how = { account: hub.account, region: hub.region, signal: deps.signal };
  const productArn = `arn:${hub.partition}:securityhub:${hub.region}:${hub.account}:product/${hub.account}/default`;
  try {
    const known = await readSentFindings(aws, { productArn, generator, type }, how);
    const updates = hubUpdates({
      findings,
      known,
      hub,
      tool: {
        version: programFacts.version,
        writtenAt: new Date(deps.clock.now()).toISOString(),
        kind: "compliance",
      },
      observedAt: snapshot.takenAt,
      wholeRules: new Set(isWhole ? rules.map(({ id }) => id) : []),
    });
    const { unsent } = await sendFindings(aws, updates.imports, how);
    const noted = await note(updates, (update) => updateFindings(aws, update, how));
    return result(hub, updates, [...unsent, ...noted]);
  } catch (error) {
    if (error instanceof AwsError && error.details.awsCode === "InvalidAccessException") {
      throw new InputError(
        "ORGRAIL5425",
        `Security Hub is not enabled in account ${hub.account} in ${hub.region}`,
        [],
        "name the account and Region of the Security Hub: --hub 222222222222:eu-west-1",
      );
    }
    throw error;
  } finally {
    aws.close();
  }
}

async function note(
  { suppressed, reopened }: HubUpdates,
  send: (update: Parameters<typeof updateFindings>[1]) => ReturnType<typeof updateFindings>,
): Promise<readonly UnsentFinding[]> {
  const unsent: UnsentFinding[] = [];
  // Findings that are accepted for the same reason share a call.
  const byNote = new Map<string, HubUpdates["suppressed"][number]["finding"][]>();
  for (const { finding, note: text } of suppressed) {
    byNote.set(text, [...(byNote.get(text) ?? []), finding]);
  }
  for (const [text, list] of byNote) {
    unsent.push(...(await send({ ids: list.map(idOf), workflow: "SUPPRESSED", note: text })));
  }
  if (reopened.length > 0) {
    const ids = reopened.map(idOf);
    unsent.push(...(await send({ ids, workflow: "NEW", note: acceptedAgain })));
  }
  return unsent;
}

function idOf({ Id, ProductArn }: HubUpdates["reopened"][number]): {
  Id: string | undefined;
  ProductArn: string | undefined;
} {
  return { Id, ProductArn };
}

/** Where the organization's findings come together, as far as the snapshot saw it. */
function hubOfSnapshot({ services, scope }: Snapshot): string | undefined {
  const state = services?.securityhub;
  const region = textAt(state, "aggregator", "home") ?? scope?.homeRegion;
  const account =
    textAt(state, "administrator") ?? textAt(at(state, "regions"), region ?? "", "administrator");
  return account === undefined || region === undefined ? undefined : `${account}:${region}`;
}

function result(
  { account, region }: SentAudit["hub"],
  { created, updated, resolved, kept }: HubUpdates,
  unsent: readonly UnsentFinding[],
): SentAudit {
  const byWhy = new Map<string, string[]>();
  for (const { id, code, message } of unsent) {
    const why = `${code}: ${message}`;
    byWhy.set(why, [...(byWhy.get(why) ?? []), id]);
  }
  const diagnostics = [...byWhy].map(
    ([why, ids]): Diagnostic => ({
      severity: "error",
      code: "ORGRAIL5426",
      summary: `Security Hub did not take ${counted(ids.length, "finding")}: ${why}`,
      help: `the same command sends them again; the first is \`${ids[0] ?? ""}\``,
    }),
  );
  const text =
    `Security Hub of ${account} in ${region}: ${created} new, ${updated} found again, ` +
    `${resolved} over, ${kept} left as they are${unsent.length === 0 ? "" : `, ${unsent.length} not taken`}`;
  return { hub: { account, region }, created, updated, resolved, kept, unsent, diagnostics, text };
}
