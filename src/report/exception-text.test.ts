import { expect, test } from "vitest";
import type { Finding } from "../core/finding.ts";
import { renderFindingsAsff } from "./findings-asff.ts";
import { renderFindingsCsv } from "./findings-csv.ts";
import { renderFindingsHtml } from "./findings-html.ts";
import { renderFindingsJsonLines } from "./findings-json-lines.ts";
import { renderFindingsJunit } from "./findings-junit.ts";
import { renderFindingsOcsf } from "./findings-ocsf.ts";
import { renderFindingsSarif } from "./findings-sarif.ts";

const finding: Finding = {
  id: "one",
  rule: "s3/account-public-access-block",
  title: "Accounts block public access",
  severity: "high",
  status: "fail",
  message: "It does not.",
  account: "444444444444",
  time: "2026-11-01T00:00:00.000Z",
  evidence: [],
  remedy: "Block it.",
  exception: { reason: "public site", owner: "web team", expires: "2027-03-31" },
};
const tool = { version: "1", writtenAt: finding.time, kind: "compliance" } as const;
const hub = { account: "222222222222", region: "eu-west-1", partition: "aws" };
const rule = { id: finding.rule, title: finding.title, why: "It matters." };

test.each([
  ["jsonl", renderFindingsJsonLines([finding])],
  ["csv", renderFindingsCsv([finding])],
  ["html", renderFindingsHtml([finding], { title: "Audit" })],
  ["junit", renderFindingsJunit([finding], "orgrail audit")],
  ["ocsf", renderFindingsOcsf([finding], tool)],
  ["asff", renderFindingsAsff([finding], tool, hub)],
  ["sarif", renderFindingsSarif([finding], tool, [rule])],
])("%s says why something is accepted, by whom and until when", (_, text) => {
  for (const word of ["public site", "web team", "2027-03-31"]) expect(text).toContain(word);
});
