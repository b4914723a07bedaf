import { SecurityHub } from "@aws-sdk/client-securityhub";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { changedSnapshot } from "../../src/audit/example/snapshot.ts";
import { auditRules } from "../../src/audit/registry.gen.ts";
import { runAudit } from "../../src/audit/run-audit.ts";
import { asffFinding } from "../../src/report/findings-asff.ts";
import { sendFindings } from "../../src/services/securityhub/send-findings.ts";
import { motoAws, motoKeys } from "./moto-organization.ts";
import { type MotoServer, motoPython, startMoto } from "./moto-server.ts";
import { skipReferee } from "./require.ts";

vi.setConfig({ testTimeout: 120_000 });

const python = motoPython();
const hub = { account: "123456789012", region: "eu-west-1", partition: "aws" };
const tool = { version: "1", writtenAt: "2026-11-02T00:00:00.000Z", kind: "compliance" } as const;

describe.skipIf(skipReferee("moto", python !== undefined))("moto's Security Hub", () => {
  let moto: MotoServer;

  beforeAll(async () => {
    if (python === undefined) throw new Error("moto is required: pip install 'moto[server]'");
    moto = await startMoto(python);
  }, 60_000);
  afterAll(() => moto?.stop());

  it("takes what an audit finds, in batches, and gives it back", async () => {
    const { region } = hub;
    const client = new SecurityHub({ endpoint: moto.endpoint, region, credentials: motoKeys });
    await client.enableSecurityHub({ EnableDefaultStandards: false });
    const snapshot = changedSnapshot({ "services/cloudtrail/trails/0/logging": false });
    const { findings } = runAudit({ rules: auditRules, snapshot, nowMs: 0 });
    const given = findings.map((finding) => asffFinding(finding, tool, hub));
    expect(given.length).toBeGreaterThan(100);
    const aws = motoAws(moto);
    const sent = await sendFindings(aws, given, { region });
    aws.close();
    expect(sent).toEqual({ sent: given.length, unsent: [] });
    const kept = new Map<string, string | undefined>();
    for (let token: string | undefined, pages = 0; pages < 50; pages++) {
      const page = await client.getFindings({
        MaxResults: 100,
        ...(token === undefined ? {} : { NextToken: token }),
      });
      for (const { Id = "", Compliance } of page.Findings ?? []) kept.set(Id, Compliance?.Status);
      token = page.NextToken;
      if (token === undefined) break;
    }
    expect([...kept].sort()).toEqual(given.map((it) => [it.Id, it.Compliance?.Status]).sort());
  });
});
