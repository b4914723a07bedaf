import { CreateOrganizationCommand } from "@aws-sdk/client-organizations";
import type { Aws, CallRecord } from "../../src/aws/aws.ts";
import { createAws } from "../../src/aws/create-aws.ts";
import type { Clock } from "../../src/core/clock.ts";
import type { Desired } from "../../src/core/desired.ts";
import type { Plan } from "../../src/core/plan.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { applyPlan } from "../../src/engine/apply.ts";
import type { ApplyReport } from "../../src/engine/apply-report.ts";
import { collectOrganization } from "../../src/engine/collect.ts";
import { plan } from "../../src/plan/plan.ts";
import { createJournal } from "../../src/store/journal.ts";
import { memoryStorage } from "../../src/store/journal-storage.ts";
import type { MotoServer } from "./moto-server.ts";
import type { Clients } from "./scenarios/scenario.ts";
import { sdkClients } from "./sdk-clients.ts";

/** An organization in moto, with a stock client and ours beside it. */
export interface MotoOrganization {
  /** Nothing of ours: what it reads is the truth. */
  readonly client: Clients;
  readonly aws: Aws;
  /** Names of the operations that ours wrote by, each try of them. */
  writes(): readonly string[];
  /** Reads it whole with ours. */
  collect(): Promise<Snapshot>;
  /** Reads and plans. */
  plan(desired: Desired): Promise<Plan>;
  apply(made: Plan): Promise<ApplyReport>;
}

/** Keys that moto knows for its default account's. */
export const motoKeys: { readonly accessKeyId: string; readonly secretAccessKey: string } = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "secret",
};

/** Moto does all at once: nothing is worth a long wait. */
const hastyClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds, 5))),
};

/** Our way to moto. */
export function motoAws(
  { endpoint }: MotoServer,
  onCall: (record: CallRecord) => void = () => {},
): Aws {
  return createAws({ clock: hastyClock, credentials: motoKeys, endpoint, rates: {}, onCall });
}

/** Forgets all that a moto server holds and creates an organization there. */
export async function motoOrganization(moto: MotoServer): Promise<MotoOrganization> {
  await moto.reset();
  const target = { endpoint: moto.endpoint, settle: async () => {} };
  const client = sdkClients(target, motoKeys);
  await client.organizations.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
  const calls: CallRecord[] = [];
  const aws = motoAws(moto, (record) => calls.push(record));
  const collect = (): Promise<Snapshot> =>
    collectOrganization({ aws }, { tags: "all", alternateContacts: "all" });
  return {
    client,
    aws,
    writes: () =>
      calls.map(({ operation }) => operation).filter((name) => !/^(Get|List|Describe)/.test(name)),
    collect,
    plan: async (desired) => plan(desired, await collect()),
    apply: async (made) => {
      const at = new Date().toISOString();
      return applyPlan({ aws }, made, { journal: await createJournal(memoryStorage(), made, at) });
    },
  };
}
