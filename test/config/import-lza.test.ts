// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables and substitutions are meant
import { describe, expect, it } from "vitest";
import { importLza } from "../../src/config/import/lza/import-lza.ts";
import { hasErrors } from "../../src/core/diagnostic.ts";
import { corpus, folder, loadWritten, outside } from "./folder.ts";

const readFile = folder("test/config/fixtures/lza");
const result = importLza({ readFile });
const { desired, diagnostics } = loadWritten(result.files);

function policy(name: string): { content: string; attached: readonly unknown[] } {
  const found = desired?.policies.find((one) => one.name === name);
  const attached = (desired?.attachments ?? [])
    .filter((one) => one.policy.name === name)
    .map(({ target, present }) => ({ ...target, present }));
  return { content: found?.content ?? "", attached };
}

describe("importLza", () => {
  it("writes a configuration that loads without a word", () => {
    expect(hasErrors(result.diagnostics)).toBe(false);
    expect(diagnostics).toEqual([]);
  });

  it("nests units whose parents come later or never, without trailing blanks", () => {
    expect(
      desired?.organizationalUnits.map(({ path, ignore }) => [path.join("/"), ignore]),
    ).toEqual([
      ["Workloads", false],
      ["Workloads/Team", false],
      ["Workloads/Team/Prod", false],
      ["Security", false],
      ["Suspended", true],
      ["Elsewhere", false],
    ]);
  });

  it("gives every account a valid address of its own, and says which stand in", () => {
    expect(desired?.accounts.map(({ name, email }) => [name, email])).toEqual([
      ["Management", "management@example.com"],
      ["LogArchive", "aws+logs@example.com"],
      ["Audit", "Audit@Example.com"],
      ["Network", "ops@example.com"],
      ["Loose", "loose@example.com"],
      ["Other", "management+2@example.com"],
    ]);
    const standIns = result.notCarriedOver.filter(({ why }) => why.endsWith("stands in"));
    expect(standIns.map(({ where }) => where)).toEqual([
      "accounts-config.yaml:4",
      "accounts-config.yaml:17",
      "accounts-config.yaml:20",
      "accounts-config.yaml:22",
    ]);
    expect(result.files[0]?.text).toContain("# UPDATE the e-mail address");
  });

  it("joins ids by address whatever its case, and keeps leading zeros", () => {
    const ids = desired?.accounts.map(({ name, id }) => [name, id]);
    expect(ids).toContainEqual(["Audit", "012345678901"]);
    expect(ids).toContainEqual(["LogArchive", "222222222222"]);
    expect(desired?.organizationalUnits.find(({ path }) => path[0] === "Security")?.id).toBe(
      "ou-ab12-11111111",
    );
  });

  it("leaves ids out when they are not wanted, and says so", () => {
    const without = importLza({ readFile, ids: false, organizationId: "o-zzzzzzzzzz" });
    const loaded = loadWritten(without.files).desired;
    expect(loaded?.accounts.every(({ id }) => id === undefined)).toBe(true);
    expect(loaded?.organizationalUnits.every(({ id }) => id === undefined)).toBe(true);
    expect(loaded?.organization.id).toBe("o-zzzzzzzzzz");
    expect(without.notCarriedOver.map(({ what }) => what)).toContain("2 account ids");
  });

  it("turns variables into values, an unquoted lookup into a list", () => {
    const { content } = policy("Acme-Guardrails");
    const { Statement } = JSON.parse(content);
    expect(Statement[0].Resource).toBe("arn:aws:iam::*:role/AWSAccelerator*");
    expect(Statement[0].Condition.ArnNotLike["aws:PrincipalArn"]).toBe(
      "arn:aws:iam::*:role/AcmeExecution",
    );
    expect(Statement[0].Condition.StringNotEquals).toEqual({
      "aws:PrincipalTag/team": "${aws:ResourceTag/team}",
      x: "${*}",
    });
    expect(Statement[1].Condition.StringNotEquals["aws:RequestedRegion"]).toEqual([
      "eu-west-1",
      "eu-central-1",
    ]);
  });

  it("puts a list into the list around it", () => {
    const { Statement } = JSON.parse(policy("Acme-Perimeter").content);
    expect(Statement[0].Condition.StringNotEqualsIfExists).toEqual({
      "aws:PrincipalOrgID": "o-a1b2c3d4e5",
      "aws:PrincipalAccount": ["111122223333", "444455556666", "777788889999"],
    });
  });

  it("says the id of the organization when a policy names it, so that no other is planned", () => {
    expect(desired?.organization.id).toBe("o-a1b2c3d4e5");
    const unknown = importLza({ readFile, ids: false });
    const loaded = loadWritten(unknown.files);
    expect(loaded.desired?.organization.id).toBe("o-0000000000");
    expect(loaded.diagnostics).toMatchObject([{ severity: "warning", code: "ORGRAIL1074" }]);
    expect(unknown.notCarriedOver.map(({ what }) => what)).toContain(
      "the id of the organization, which policies name",
    );
  });

  it("attaches policies to what their targets name, less what they exclude", () => {
    expect(policy("Acme-Guardrails").attached).toEqual([
      { kind: "organizationalUnit", path: ["Security"], present: true },
      { kind: "organizationalUnit", path: ["Workloads", "Team"], present: true },
      { kind: "account", name: "Audit", present: true },
    ]);
    expect(policy("Acme-Perimeter").attached).toEqual([{ kind: "root", present: true }]);
    expect(desired?.policies.find(({ name }) => name === "Acme-Perimeter")?.description).toBe(
      "Folded over two lines.",
    );
  });

  it("detaches the full access of AWS for an allow list, and keeps it where it is stated", () => {
    expect(policy("FullAWSAccess").attached).toEqual([
      { kind: "account", name: "Audit", present: true },
      { kind: "organizationalUnit", path: ["Workloads", "Team", "Prod"], present: false },
    ]);
  });

  it("reads Regions, trusted access and administrators", () => {
    expect(desired?.organization.governedRegions).toEqual(["eu-west-1", "eu-central-1"]);
    expect(desired?.trustedAccess.map((one) => one.servicePrincipal)).toEqual([
      "access-analyzer.amazonaws.com",
      "backup.amazonaws.com",
      "cloudtrail.amazonaws.com",
      "guardduty.amazonaws.com",
      "securityhub.amazonaws.com",
      "sso.amazonaws.com",
    ]);
    expect(
      desired?.delegatedAdministrators.map((one) => `${one.account} ${one.servicePrincipal}`),
    ).toEqual([
      "Audit access-analyzer.amazonaws.com",
      "Audit guardduty.amazonaws.com",
      "Audit securityhub.amazonaws.com",
    ]);
  });

  const missing: readonly (readonly [string, string])[] = [
    ["the policy `NeedsLookup`", "${ACCEL_LOOKUP::KMS}"],
    ["the policy `Broken`", "not JSON"],
    ["the policy `Missing`", "cannot be read"],
    ["the attachment of ${{ Prefix }}-Quarantine to the unit Nowhere", "no file lists"],
    ["the attachment of ${{ Prefix }}-Quarantine to the account Nobody", "no file lists"],
    ["the template {{ Unknown }}", "no such key"],
    ["quarantineNewAccounts", "new accounts"],
    ["controlTower", "Control Tower"],
    ["iamPasswordPolicy", "each account"],
    ["enableGovCloud of Other", "GovCloud"],
    ["accountAlias of Audit", "alias"],
    ["excludedRegions of ${{ Prefix }}-Quarantine", "no Regions"],
    ["delegated administrator Management of sso.amazonaws.com", "management account"],
  ];
  it.each(missing)("lists that %s is not carried over: %s", (what, why) => {
    const found = result.notCarriedOver.find((note) => note.what === what);
    expect(found?.why).toContain(why);
  });

  it("does not list what only a document needs that is left out", () => {
    expect(result.files[0]?.text).not.toContain("Secret");
  });

  it("takes values for variables that no file gives", () => {
    const given = importLza({
      readFile,
      values: { "ACCEL_LOOKUP::KMS": "arn:aws:kms:*", Secret: "s", Unknown: "x" },
    });
    expect(given.notCarriedOver.map(({ what }) => what)).not.toContain("the policy `NeedsLookup`");
    const lookup = loadWritten(given.files).desired?.policies.find((p) => p.name === "NeedsLookup");
    expect(lookup?.content).toContain('"Resource":"arn:aws:kms:*"');
  });

  it("points at the place of a document's mistake", () => {
    const broken = result.diagnostics.find(({ span }) => span?.file === "policies/broken.json");
    expect(broken).toMatchObject({ severity: "warning", span: { start: { line: 3, column: 3 } } });
  });

  it("leaves no stand-in behind", () => {
    const all = JSON.stringify([result.files, result.notCarriedOver, result.diagnostics]);
    expect(all).not.toMatch(/[\ue000-\ue002]/);
  });

  it("says which files are missing, and where they are", () => {
    const empty = importLza({ readFile: () => undefined, list: ["config/accounts-config.yaml"] });
    expect(empty.files).toEqual([]);
    expect(empty.diagnostics.map(({ code, help }) => [code, help])).toEqual([
      ["ORGRAIL2001", "is `config` the folder to import?"],
      ["ORGRAIL2001", "name the folder that holds the accelerator's configuration"],
    ]);
  });

  it("reports YAML that is none with its place", () => {
    const text = (path: string): string | undefined =>
      path === "accounts-config.yaml" ? "mandatoryAccounts: [\n" : readFile(path);
    const broken = importLza({ readFile: text });
    expect(broken.files).toEqual([]);
    expect(broken.diagnostics.map(({ span }) => span?.file)).toContain("accounts-config.yaml");
  });
});

describe.each(["lza-universal", "lza-all-enabled"])("%s", (name) => {
  const orgs = corpus();
  it.skipIf(orgs === undefined)(
    orgs === undefined ? "corpus not present" : "imports and loads without errors",
    () => {
      const imported = importLza({ readFile: outside(`${orgs}/${name}`) });
      expect(hasErrors(imported.diagnostics)).toBe(false);
      const loaded = loadWritten(imported.files);
      expect(loaded.diagnostics).toEqual([]);
      expect(loaded.desired?.accounts).toHaveLength(6);
      expect(loaded.desired?.policies.length).toBeGreaterThan(10);
    },
  );
});
