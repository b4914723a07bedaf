import { createAws } from "/work/main/src/aws/create-aws.ts";
import { loadConfig } from "/work/main/src/config/load.ts";
import { regions as allRegions } from "/work/main/src/data/regions.ts";
import { applyPlan } from "/work/main/src/engine/apply.ts";
import { collectOrganization } from "/work/main/src/engine/collect.ts";
import { plan } from "/work/main/src/plan/plan.ts";
import { openSandbox } from "/work/main/src/services/open-sandbox.ts";
import { securityServices } from "/work/main/src/services/registry.ts";
import { organization } from "/work/main/bench/lib/organization.ts";
import { createJournal } from "/work/main/src/store/journal.ts";
import { memoryStorage } from "/work/main/src/store/journal-storage.ts";

const snapshot = organization({ accounts: 1000, organizationalUnits: 40, policies: 0, attachments: 0 });
const sandbox = openSandbox({ rates: "published", snapshot: { ...snapshot, organization: { ...snapshot.organization, trustedAccess: [], delegatedAdministrators: [] } } });
const names = snapshot.organization.accounts;
const mgmt = snapshot.organization.managementAccountId;
const members = names.filter(({ id, state }) => id !== mgmt && state === "ACTIVE");
const governed = allRegions.list.filter(({ optIn }) => !optIn).slice(0, 17).map(({ name }) => name);
const used = [members[0]!, members[1]!, names.find(({ id }) => id === mgmt)!];
const file = {
  version: 1,
  organization: { managementAccountId: mgmt, homeRegion: "us-east-1", governedRegions: governed },
  accounts: used.map((a, i) => ({ name: ["Audit", "Logs", "Mgmt"][i], email: a.email, id: a.id, organizationalUnit: "Root" })),
  ownership: { accounts: "additive", organizationalUnits: "ignore" },
  services: {
    cloudtrail: { delegatedAdministrator: "Audit", logArchive: { account: "Logs", bucket: "acme-trail", key: { alias: "t" } }, trails: [{ name: "organization", insights: ["ApiCallRateInsight"] }] },
    iam: { delegatedAdministrator: "Audit", passwordPolicy: { minimumLength: 14 }, centralizedRootAccess: { credentialsManagement: true, sessions: true } },
  },
};
for (const only of ["cloudtrail", "iam"] as const) {
  const service = await securityServices[only]!();
  const text = JSON.stringify({ ...file, services: { [only]: file.services[only] } });
  const { desired, diagnostics } = loadConfig({ file: "o", text, readFile: () => undefined, services: { names: Object.keys(securityServices), loaded: { [only]: service } } });
  for (const d of diagnostics.filter((x) => x.severity === "error")) console.log(d.summary);
  const aws = createAws({ clock: sandbox.clock, credentials: sandbox.credentials, requestHandler: sandbox.requestHandler(), random: () => 0.5 });
  for (const round of [1, 2]) {
    const from = sandbox.calls.length;
    const t0 = sandbox.clock.now();
    const taken = await collectOrganization({ aws }, { services: { services: [{ service, block: desired!.services![only]!.block }], homeRegion: "us-east-1", governedRegions: governed, names: () => new Map(used.map((a, i) => [["Audit", "Logs", "Mgmt"][i]!, a.id])) } });
    const reads = sandbox.calls.slice(from).filter((c) => c.service !== "organizations");
    const count = (list: typeof reads) => list.reduce((m, c) => { const k = `${c.service}:${c.operation}`; m[k] = (m[k] ?? 0) + 1; return m; }, {} as Record<string, number>);
    console.log(only, "round", round, "reads", reads.length, JSON.stringify(count(reads)), "virtual s", (sandbox.clock.now() - t0) / 1000, "gaps", taken.gaps.length);
    const made = plan(desired!, taken, [service.planner]);
    const own = made.changes.filter((c) => c.service === only);
    console.log("  changes", made.changes.length, "own", own.length, "errors", made.diagnostics.filter((d) => d.severity === "error").map((d) => d.summary).slice(0, 3));
    if (round === 1) {
      const at = sandbox.calls.length;
      const t1 = sandbox.clock.now();
      const journal = await createJournal({ storage: memoryStorage(), plan: made } as never).catch(() => undefined);
      void journal;
      const { applyTo } = await import("/work/main/test/engine/connect.ts");
      const { outcomes } = await applyTo(sandbox as never, made, { aws } as never);
      const writes = sandbox.calls.slice(at).filter((c) => c.kind === "write" && c.service !== "sts");
      console.log("  writes", writes.length, JSON.stringify(count(writes)), "virtual s", (sandbox.clock.now() - t1) / 1000, "not done", outcomes.filter((o) => o.status !== "done").map((o) => o.message).slice(0, 3));
    }
    sandbox.clock.advance(3600_000);
  }
}
console.log("rss MB", Math.round(process.memoryUsage().rss / 1e6));
