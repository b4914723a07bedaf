import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { changedSnapshot, exampleDesired } from "../../src/audit/example/snapshot.ts";
import { auditRules } from "../../src/audit/registry.gen.ts";
import { runAudit } from "../../src/audit/run-audit.ts";
import type { CellState } from "../../src/core/coverage.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { exampleSnapshot } from "../../src/coverage/example.ts";
import { type CoveredService, coverageMatrix } from "../../src/coverage/matrix.ts";
import { renderCoverageHtml } from "../../src/report/coverage-html.ts";
import { renderFindingsHtml } from "../../src/report/findings-html.ts";
import { chromiumPath, openBrowser } from "./browser.ts";
import { openAll, overflow, weakContrasts } from "./page-checks.ts";
import { skipReferee } from "./require.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const executable = chromiumPath();
const regions = ["eu-central-1", "us-east-1", "me-south-1"];
const kinds: readonly CellState[] = ["on", "partial", "off", "unknown", "on", "on"];

/** Services whose cells are of all states. */
const services: readonly CoveredService[] = ["guardduty", "securityhub", "config", "s3"].map(
  (id, shift) => ({
    id,
    title: { guardduty: "Amazon GuardDuty", securityhub: "AWS Security Hub CSPM" }[id] ?? id,
    regions: regions.slice(0, 2),
    coverage: {
      cells: id === "s3" ? "account" : "region",
      read: () => ({
        at: ({ id: account }, region = "") => {
          const at = Number(account.slice(-3)) + shift + (region === "us-east-1" ? 1 : 0);
          const state = kinds[at % kinds.length] ?? "on";
          return { state, reason: `because of <b>${state}</b>`, evidence: [] };
        },
      }),
    },
  }),
);

function coveragePage(count: number): string {
  const made = exampleSnapshot(
    count,
    Object.fromEntries(services.map(({ id }) => [id, {}])),
    regions,
  );
  const units = ["Workloads", "Sandbox"].map((name, index) => ({
    id: `ou-exam-${index}`,
    arn: "",
    name,
    parentId: "r-exam",
  }));
  const accounts = made.organization.accounts.map((account, index) => ({
    ...account,
    name: index === 3 ? "<script>alert(1)</script>" : account.name,
    parentId: units[index % 3]?.id ?? "r-exam",
    tags: { environment: index % 2 === 0 ? "prod" : "dev" },
    ...(index === 5 ? { state: "SUSPENDED" as const } : {}),
  }));
  const organization = { ...made.organization, organizationalUnits: units, accounts };
  const snapshot: Snapshot = { ...made, organization };
  return renderCoverageHtml(
    coverageMatrix(snapshot, services, { nowMs: Date.parse(made.takenAt) }),
  );
}

function auditPage(): string {
  const snapshot = changedSnapshot({
    "services/cloudtrail/trails/0/logging": false,
    "services/s3/byAccount/444444444444": null,
    "services/iam/rootCredentials/555555555555/accessKeys": ["AKIAEXAMPLE"],
    "services/macie2": {},
    "organization/accounts/3/name": "<script>alert(1)</script>",
  });
  const span = exampleDesired.organization.span;
  const exception = {
    ...{ rule: "s3/*", owner: "web team", reason: "public site", expires: "2999-12-31", span },
  };
  const desired = {
    ...exampleDesired,
    audit: { ...exampleDesired.audit, exceptions: [exception] },
  };
  const { findings } = runAudit({ rules: auditRules, snapshot, desired, nowMs: 0 });
  const title = "Audit of o-example";
  return renderFindingsHtml(findings, { title, takenAt: snapshot.takenAt, rules: auditRules });
}

describe.skipIf(skipReferee("Chromium", executable !== undefined))("pages in a browser", () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "orgrail-pages-"));
    await writeFile(join(folder, "coverage.html"), coveragePage(12));
    await writeFile(join(folder, "large.html"), coveragePage(10_000));
    await writeFile(join(folder, "audit.html"), auditPage());
    browser = await openBrowser(executable ?? "");
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  /** Opens a page; what it says to the console and asks of the network are complaints. */
  async function open(
    name: string,
    options: { readonly dark?: boolean } = {},
  ): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
      colorScheme: options.dark === true ? "dark" : "light",
    });
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) complaints.push(request.url());
    });
    await page.goto(pathToFileURL(join(folder, name)).href);
    return { page, complaints };
  }

  it.each([
    ["coverage.html", false],
    ["coverage.html", true],
    ["audit.html", false],
    ["audit.html", true],
  ] as const)("%s asks nobody, has contrast and fits a telephone, dark: %s", async (name, dark) => {
    const { page, complaints } = await open(name, { dark });
    expect(await page.content()).not.toContain("<script>alert(1)");
    if (name === "audit.html") await openAll(page);
    else await page.locator(".cell").first().click();
    const { looked, weak } = await weakContrasts(page);
    expect(weak).toEqual([]);
    expect(looked).toBeGreaterThan(15);
    await page.setViewportSize({ width: 390, height: 800 });
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("explains cells to who has but a keyboard, and says states in words", async () => {
    const { page } = await open("coverage.html");
    await page.locator("#state").focus();
    await page.keyboard.press("Tab");
    const focused = () =>
      page.evaluate<string>("document.activeElement.getAttribute('aria-label') || ''");
    const first = await focused();
    expect(first).toMatch(/^Account \d+, Amazon GuardDuty: .*(on|off|partial|unknown)$/);
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toContain("AWS Security Hub CSPM");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const detail = page.locator("#detail");
    await expect.poll(() => detail.locator("tr").count()).toBe(4);
    expect(await detail.textContent()).toContain("because of <b>");
    await page.keyboard.press("Escape");
    expect(await detail.textContent()).toBe("");
    expect(await focused()).toContain("AWS Security Hub CSPM");
    const cells = await page.locator(".cell").allTextContents();
    expect(cells.every((text) => /[✓◐✕–?◷]/u.test(text))).toBe(true);
    await page.close();
  });

  it("filters by text, tag, service and state", async () => {
    const { page } = await open("coverage.html");
    const rows = () => page.locator("tbody tr:has(.cell)").count();
    await page.fill("#text", "environment=prod");
    expect(await rows()).toBe(6);
    await page.fill("#text", "");
    await page.selectOption("#service", "s3");
    await page.selectOption("#state", "off");
    const found = await rows();
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(12);
    expect(await page.locator(".map thead th").count()).toBe(2);
    expect(await page.locator("#count").textContent()).toBe(`${found} of ${found} accounts`);
    await page.close();
  });

  it("shows ten thousand accounts a part at a time", async () => {
    const { page } = await open("large.html");
    expect(await page.locator("#count").textContent()).toBe("200 of 10000 accounts");
    await page.click("#more");
    expect(await page.locator("#count").textContent()).toBe("400 of 10000 accounts");
    const ms = await page.evaluate<number>(`(() => {
      const text = document.getElementById("text");
      const start = performance.now();
      text.value = "Account 9";
      text.dispatchEvent(new Event("input"));
      return performance.now() - start;
    })()`);
    expect(ms).toBeLessThan(2_000);
    await page.close();
  });

  it("filters rules of an audit, with owner, reason and day of what is excepted", async () => {
    const { page } = await open("audit.html");
    const shown = () => page.locator("details.rule:visible").count();
    const all = await shown();
    await page.selectOption("#status", "fail");
    const failing = await shown();
    expect(failing).toBeGreaterThan(0);
    expect(failing).toBeLessThan(all);
    await page.selectOption("#status", "excepted");
    await page.locator("details.rule:visible summary").first().press("Enter");
    const text = await page.locator("details.rule[open]").first().textContent();
    expect(text).toContain("Accepted by web team: public site, until 2999-12-31");
    await page.close();
  });

  it("prints the table whole and without the filters", async () => {
    const { page } = await open("coverage.html");
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("form").isVisible()).toBe(false);
    const clipped = await page.evaluate<number>(
      "(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.querySelector('.scroll'))",
    );
    expect(clipped).toBeLessThanOrEqual(0);
    await page.close();
  });
});
