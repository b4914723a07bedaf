import { controls } from "../../controls.ts";
import { administratorSetting } from "../../kinds/administered.ts";
import { macie } from "../../kinds/services.ts";
import { at } from "../../read-state.ts";
import type { AuditRule } from "../../rule.ts";

/** Results of Macie are kept. */
export const resultsKept: AuditRule = {
  id: "macie/results-kept",
  title: "Results of Macie are kept",
  severity: "low",
  why: "Macie keeps the results of discovery for 90 days; only a bucket keeps them longer.",
  remedy: "Export results to an encrypted bucket.",
  compliance: controls.macie,
  sources: ["https://docs.aws.amazon.com/macie/latest/user/discovery-results-repository-s3.html"],
  evaluate: administratorSetting(macie, {
    subject: "export",
    what: "export",
    operation: "macie2:GetClassificationExportConfiguration",
    read: (state) => at(state, "export"),
    isGood: (value) => value !== null,
    pass: (region) => `Results of Macie are exported in ${region}.`,
    fail: (region) => `Results of Macie are not exported in ${region}.`,
  }),
  breaks: { "services/macie2/regions/eu-central-1/export": null },
};
