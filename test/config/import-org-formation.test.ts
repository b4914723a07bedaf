// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables and substitutions are meant
import { describe, expect, it } from "vitest";
import { importOrgFormation } from "../../src/config/import/org-formation/import-org-formation.ts";
import { hasErrors } from "../../src/core/diagnostic.ts";
import { corpus, folder, loadWritten, outside } from "./folder.ts";

const readFile = folder("test/config/fixtures/org-formation");
const file = "organization.yml";
const result = importOrgFormation({ readFile, file });
const { desired, diagnostics } = loadWritten(result.files);

function withText(text: string): ReturnType<typeof importOrgFormation> {
  return importOrgFormation({ file, readFile: (path) => (path === file ? text : undefined) });
}

describe("importOrgFormation", () => {
  it("writes a configuration that loads without a word", () => {
    expect(hasErrors(result.diagnostics)).toBe(false);
    expect(diagnostics).toEqual([]);
  });

  it("turns parents that list children into a tree", () => {
    expect(desired?.organizationalUnits.map(({ path }) => path)).toEqual([
      ["prod"],
      ["prod", "sub"],
    ]);
    expect(desired?.accounts.map(({ name, parent }) => [name, parent])).toEqual([
      ["management", []],
      ["App", ["prod"]],
      ["Twin", ["prod", "sub"]],
      ["shared-name", ["prod", "sub"]],
    ]);
  });

  it("tells accounts that share a name apart", () => {
    expect(desired?.accounts.map(({ accountName }) => accountName)).toEqual([
      undefined,
      "app",
      "app",
      undefined,
    ]);
  });

  it("makes values of templates, each with something valid in it", () => {
    expect(desired?.accounts.map(({ email }) => email)).toEqual([
      "root@example.com",
      "app@example.com",
      "aws+twin@example.com",
      "shared-email@example.com",
    ]);
    expect(result.files[0]?.text).toContain("aws+twin@${{ domain }}");
    const named = result.diagnostics.filter(({ code }) => code === "ORGRAIL2003");
    expect(named.map(({ summary }) => summary)).toEqual([
      "the template `{{ domain }}` cannot be resolved",
      "the template `{{ shared-name }}` cannot be resolved",
      "the template `{{ shared-email }}` cannot be resolved",
      "the template `{{ shared-id }}` cannot be resolved",
    ]);
  });

  it("takes values for templates", () => {
    const values = {
      domain: "acme.org",
      "shared-email": "s@acme.org",
      "shared-id": "000000000077",
    };
    const loaded = loadWritten(importOrgFormation({ readFile, file, values }).files).desired;
    expect(loaded?.accounts.map(({ email }) => email).slice(2)).toEqual([
      "aws+twin@acme.org",
      "s@acme.org",
    ]);
    expect(loaded?.accounts.at(-1)?.id).toBe("000000000077");
  });

  it("writes numbers and booleans of tags as text", () => {
    expect(desired?.accounts[0]?.tags).toEqual({ budget: "200", on: "true" });
  });

  it("gives new accounts the role of the root, the management account none", () => {
    expect(desired?.accounts.map(({ roleName }) => roleName)).toEqual([
      undefined,
      "OrgRole",
      "OrgRole",
      "OrgRole",
    ]);
  });

  it("attaches policies where a target lists them, once or in a list", () => {
    const attached = desired?.attachments.map(({ policy, target }) => [policy.name, target.kind]);
    expect(attached).toEqual([
      ["deny/leave", "root"],
      ["deny/leave", "organizationalUnit"],
      ["from-file", "account"],
    ]);
    const document = desired?.policies.find(({ name }) => name === "from-file")?.content;
    expect(document).toContain("${aws:PrincipalAccount}");
  });

  it("carries ids over from the file and from the state", () => {
    expect(desired?.organization.managementAccountId).toBe("000000000042");
    const state = readFile("state.json") ?? "";
    const known = loadWritten(importOrgFormation({ readFile, file, state }).files).desired;
    expect(known?.accounts.find(({ name }) => name === "App")?.id).toBe("000000000043");
    expect(known?.organizationalUnits[0]?.id).toBe("ou-ab12-00000001");
    expect(known?.policies[0]?.id).toBe("p-00000001");
    const none = loadWritten(
      importOrgFormation({ readFile, file, state, ids: false }).files,
    ).desired;
    expect(none?.organization.managementAccountId).toBeUndefined();
    expect(none?.accounts.every(({ id }) => id === undefined)).toBe(true);
  });

  const missing: readonly (readonly [string, string])[] = [
    ["the policy templated", "!Sub arn:aws:iam::${Mgmt}:role/x"],
    ["Gone in Prod", "no such resource"],
    ["App in Sub", "Prod lists it already"],
    ["the attachment of NotThere to prod", "no such policy"],
    ["Passwords (OC::ORG::PasswordPolicy)", "inside of each account"],
    ["Future (OC::ORG::Policy)", "does not know"],
    ["CloseAccountsOnRemoval of Root", "`close`"],
    ["Alias of App", "alias"],
    ["PasswordPolicy of Mgmt", "password policy"],
    ["AccountId of Shared", "no value"],
    ["the section OrganizationBindings", "only the section"],
  ];
  it.each(missing)("lists that %s is not carried over: %s", (what, why) => {
    expect(result.notCarriedOver.find((note) => note.what === what)?.why).toContain(why);
  });

  it("names statements of nunjucks instead of failing as YAML", () => {
    const head = "AWSTemplateFormatVersion: '2010-09-09-OC'\nOrganization:\n";
    const unit =
      "  A:\n    Type: OC::ORG::OrganizationalUnit\n    Properties: {OrganizationalUnitName: a}\n";
    const whole = withText(`${head}{% if x %}\n${unit}{% endif %}{# a comment #}\n`);
    expect(hasErrors(whole.diagnostics)).toBe(false);
    expect(whole.diagnostics.map(({ code }) => code)).toEqual(["ORGRAIL2003", "ORGRAIL2003"]);
    expect(loadWritten(whole.files).desired?.organizationalUnits).toHaveLength(1);
    const broken = withText(`${head}{% for x in y %}\n${unit}  {{ x }}\n    : [\n{% endfor %}\n`);
    expect(new Set(broken.diagnostics.map(({ code }) => code))).toEqual(new Set(["ORGRAIL2003"]));
    expect(hasErrors(broken.diagnostics)).toBe(true);
  });

  it("reports units that are below themselves", () => {
    const unit = (id: string, child: string): string =>
      `  ${id}:\n    Type: OC::ORG::OrganizationalUnit\n    Properties: {OrganizationalUnitName: ${id}, OrganizationalUnits: !Ref ${child}}\n`;
    const text = `AWSTemplateFormatVersion: '2010-09-09-OC'\nOrganization:\n${unit("A", "B")}${unit("B", "A")}`;
    const loop = withText(text);
    expect(loop.diagnostics.map(({ summary }) => summary)).toEqual([
      "the unit `A` is below itself",
      "the unit `B` is below itself",
    ]);
  });

  const wrong: readonly (readonly [string, string, string])[] = [
    ["another template", "AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n", "ORGRAIL2002"],
    ["no organization", "AWSTemplateFormatVersion: '2010-09-09-OC'\n", "ORGRAIL2002"],
    ["an empty file", "", "ORGRAIL2002"],
    ["no YAML", "a: [\n", "ORGRAIL1004"],
  ];
  it.each(wrong)("says what is wrong with %s", (_, text, code) => {
    const { files, diagnostics: found } = withText(text);
    expect(files).toEqual([]);
    expect(found.map((one) => one.code)).toContain(code);
  });

  it("leaves no stand-in behind", () => {
    const all = JSON.stringify([result.files, result.notCarriedOver, result.diagnostics]);
    expect(all).not.toMatch(/[\ue000-\ue002]/);
  });
});

describe.each([
  ["org-formation-minimal", 10, 2],
  ["org-formation-reference", 4, 0],
])("%s", (name, accounts, policies) => {
  const orgs = corpus();
  it.skipIf(orgs === undefined)(
    orgs === undefined ? "corpus not present" : "imports and loads without errors",
    () => {
      const imported = importOrgFormation({ readFile: outside(`${orgs}/${name}`), file });
      expect(hasErrors(imported.diagnostics)).toBe(false);
      const loaded = loadWritten(imported.files);
      expect(loaded.diagnostics).toEqual([]);
      expect(loaded.desired?.accounts).toHaveLength(accounts);
      expect(loaded.desired?.policies).toHaveLength(policies);
    },
  );
});
