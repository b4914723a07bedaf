import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openSandbox } from "../../src/services/open-sandbox.ts";
import { type MotoServer, motoPython, startMoto } from "./moto-server.ts";
import { skipReferee } from "./require.ts";
import { detectionScenarios } from "./scenarios/detection.ts";
import { memberScenarios } from "./scenarios/members.ts";
import { policyScenarios } from "./scenarios/policies.ts";
import { recordScenarios } from "./scenarios/records.ts";
import type { Scenario } from "./scenarios/scenario.ts";
import { serviceScenarios } from "./scenarios/services.ts";
import { settingScenarios } from "./scenarios/settings.ts";
import { trailScenarios } from "./scenarios/trails.ts";
import { treeScenarios } from "./scenarios/tree.ts";
import { sdkClients } from "./sdk-clients.ts";

const scenarios: readonly Scenario[] = [
  ...treeScenarios,
  ...policyScenarios,
  ...serviceScenarios,
  ...trailScenarios,
  ...settingScenarios,
  ...detectionScenarios,
  ...recordScenarios,
  ...memberScenarios,
];
const python = motoPython();

/** What a scenario observes of the sandbox. */
function observeSandbox(scenario: Scenario): Promise<unknown> {
  const sandbox = openSandbox();
  const target = {
    requestHandler: sandbox.requestHandler(),
    settle: async (milliseconds: number) => sandbox.clock.advance(milliseconds),
  };
  return scenario.run(sdkClients(target, sandbox.credentials));
}

describe.skipIf(skipReferee("moto", python !== undefined))("moto and the sandbox agree", () => {
  let moto: MotoServer;

  beforeAll(async () => {
    if (python === undefined) throw new Error("moto is required: pip install 'moto[server]'");
    moto = await startMoto(python);
  });
  afterAll(() => moto?.stop());
  beforeEach(() => moto.reset());

  it.each(scenarios)("$name", async (scenario) => {
    const target = { endpoint: moto.endpoint, settle: async () => {} };
    const keys = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret" };
    const ofMoto = await scenario.run(sdkClients(target, keys));
    expect(await observeSandbox(scenario)).toEqual(ofMoto);
  });
});
