import type { BlockContext, BlockIssue } from "../../core/service-plan.ts";
import { configFacts } from "../../data/config.ts";
import { configQuotas } from "../../data/config-quotas.ts";
import { checkScope } from "../kit/scope.ts";
import { parseTemplate } from "../kit/template/parse-template.ts";
import { markTemplate } from "./pack-template.ts";
import type { ConfigBlock } from "./schema.ts";

/** What is wrong with the block, as far as the file and the templates tell. */
export function checkConfig(block: ConfigBlock, context: BlockContext): readonly BlockIssue[] {
  const service = { title: "AWS Config", regions: configFacts.regions.names };
  const issues: BlockIssue[] = [...checkScope(block, context, service)];
  const error = (code: string, path: BlockIssue["path"], summary: string, help: string): void => {
    issues.push({ severity: "error", code, path, summary, help });
  };
  const { account } = block.delivery;
  if (account !== undefined && !context.accounts.has(account)) {
    error(
      "ORGRAIL1051",
      ["delivery", "account"],
      `there is no account \`${account}\` in the file`,
      "name one of `accounts`",
    );
  }
  for (const member of ["rules", "conformancePacks"] as const) {
    const names = new Set<string>();
    for (const [index, { name, regions, excludeAccounts }] of block[member].entries()) {
      const path = [member, index];
      if (names.has(name)) {
        const help = "names are unique in an account and Region";
        error("ORGRAIL1120", [...path, "name"], `\`${name}\` is there twice`, help);
      }
      names.add(name);
      const scope = { regions, excludeAccounts };
      for (const issue of checkScope(scope, context, service)) {
        issues.push({ ...issue, path: [...path, ...issue.path] });
      }
    }
  }
  for (const [index, { template }] of block.conformancePacks.entries()) {
    const text = template === undefined ? undefined : context.files[template];
    if (text === undefined) continue;
    const path = ["conformancePacks", index, "template"];
    const parsed = parseTemplate(text);
    if (!parsed.ok) {
      const summary = `this is no template of a conformance pack: ${parsed.problem}`;
      error("ORGRAIL1121", path, summary, "mend the file");
      continue;
    }
    const size = Buffer.byteLength(markTemplate(text).text);
    if (size <= configQuotas.templateBodyBytes) continue;
    error(
      "ORGRAIL1122",
      path,
      `the template has ${size} bytes; AWS takes ${configQuotas.templateBodyBytes}`,
      "put it into a bucket and give `templateS3Uri`",
    );
  }
  return issues;
}
