import type { Aws, AwsOptions } from "../../src/aws/aws.ts";
import type { RequestHandler } from "../../src/aws/clients.ts";
import { createAws } from "../../src/aws/create-aws.ts";
import type { Plan } from "../../src/core/plan.ts";
import { type ApplyOptions, applyPlan } from "../../src/engine/apply.ts";
import type { ApplyReport } from "../../src/engine/apply-report.ts";
import { collectOrganization } from "../../src/engine/collect.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { createJournal, resumeJournal } from "../../src/store/journal.ts";
import { type JournalStorage, memoryStorage } from "../../src/store/journal-storage.ts";
import { original, planOf, wanted } from "./scenario.ts";

/** Connects to a sandbox as a new process would; without client-side rates unless given. */
export function connect(
  sandbox: Sandbox,
  options: Partial<AwsOptions> = {},
  handler: RequestHandler = sandbox.requestHandler(),
): Aws {
  return createAws({
    clock: sandbox.clock,
    credentials: sandbox.credentials,
    requestHandler: handler,
    rates: {},
    random: () => 0.5,
    ...options,
  });
}

/** How {@link applyTo} differs from a first apply that nothing disturbs. */
export interface ApplyToOptions extends Partial<ApplyOptions> {
  readonly aws?: Aws;
  readonly signal?: AbortSignal;
  /** A journal to begin, or with text in it to go on with. */
  readonly storage?: JournalStorage;
}

/** Applies a plan to a sandbox: goes on with the journal when the storage holds one. */
export async function applyTo(
  sandbox: Sandbox,
  plan: Plan,
  options: ApplyToOptions = {},
): Promise<ApplyReport> {
  const { aws = connect(sandbox), storage = memoryStorage(), signal, ...rest } = options;
  const at = new Date(sandbox.clock.now()).toISOString();
  const journal =
    (await storage.read()) === undefined
      ? await createJournal(storage, plan, at)
      : await resumeJournal(storage, at);
  const context = signal === undefined ? { aws } : { aws, signal };
  return applyPlan(context, plan, { journal, ...rest });
}

/** Reads a sandbox's organization whole. */
export function read(sandbox: Sandbox, aws: Aws = connect(sandbox)): Promise<Snapshot> {
  return collectOrganization({ aws }, { tags: "all", alternateContacts: "all" });
}

type Snapshot = Awaited<ReturnType<typeof collectOrganization>>;

/** The plan of the scenario, from what is read of a sandbox. */
export async function scenarioPlan(sandbox: Sandbox): Promise<Plan> {
  return planOf(wanted, await read(sandbox));
}

/** What the scenario's sandboxes begin with. */
export { original };
