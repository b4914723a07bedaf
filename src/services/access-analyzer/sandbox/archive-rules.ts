import type {
  CreateArchiveRuleCommandInput,
  CreateArchiveRuleCommandOutput,
  DeleteArchiveRuleCommandInput,
  DeleteArchiveRuleCommandOutput,
  GetArchiveRuleCommandInput,
  GetArchiveRuleCommandOutput,
  ListArchiveRulesCommandInput,
  ListArchiveRulesCommandOutput,
  UpdateArchiveRuleCommandInput,
  UpdateArchiveRuleCommandOutput,
} from "@aws-sdk/client-accessanalyzer";
import { accessAnalyzerFacts } from "../../../data/access-analyzer.ts";
import { pageOf } from "../../kit/sandbox-page.ts";
import { findAnalyzer } from "./analyzers.ts";
import { conflict, invalid, notFound, quotaExceeded } from "./errors.ts";
import type { AnalyzerRecord, Served } from "./state.ts";

type RuleRecord = AnalyzerRecord["archiveRules"] extends Map<string, infer Rule> ? Rule : never;

function findRule(analyzer: AnalyzerRecord, name: string | undefined): RuleRecord {
  const rule = analyzer.archiveRules.get(name ?? "");
  if (rule === undefined) throw notFound("archive-rule", name ?? "");
  return rule;
}

function ruleOutput(
  ruleName: string,
  { filter, createdAt, updatedAt }: RuleRecord,
): NonNullable<GetArchiveRuleCommandOutput["archiveRule"]> {
  return {
    ruleName,
    filter: filter as never,
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
  };
}

/** CreateArchiveRule. */
export const createArchiveRule: Served<
  CreateArchiveRuleCommandInput,
  CreateArchiveRuleCommandOutput
> = (context, input) => {
  const { archiveRules } = findAnalyzer(context, input.analyzerName);
  const name = input.ruleName ?? "";
  if (archiveRules.has(name)) throw conflict("archive-rule", name);
  if (archiveRules.size >= accessAnalyzerFacts.archiveRulesPerAnalyzer) throw quotaExceeded(name);
  const now = context.world.clock.now();
  archiveRules.set(name, { filter: input.filter ?? {}, createdAt: now, updatedAt: now });
  return {};
};

/** UpdateArchiveRule. */
export const updateArchiveRule: Served<
  UpdateArchiveRuleCommandInput,
  UpdateArchiveRuleCommandOutput
> = (context, input) => {
  const rule = findRule(findAnalyzer(context, input.analyzerName), input.ruleName);
  rule.filter = input.filter ?? {};
  rule.updatedAt = context.world.clock.now();
  return {};
};

/** DeleteArchiveRule. */
export const deleteArchiveRule: Served<
  DeleteArchiveRuleCommandInput,
  DeleteArchiveRuleCommandOutput
> = (context, input) => {
  const analyzer = findAnalyzer(context, input.analyzerName);
  findRule(analyzer, input.ruleName);
  analyzer.archiveRules.delete(input.ruleName ?? "");
  return {};
};

/** GetArchiveRule. */
export const getArchiveRule: Served<GetArchiveRuleCommandInput, GetArchiveRuleCommandOutput> = (
  context,
  input,
) => {
  const rule = findRule(findAnalyzer(context, input.analyzerName), input.ruleName);
  return { archiveRule: ruleOutput(input.ruleName ?? "", rule) };
};

/** ListArchiveRules. */
export const listArchiveRules: Served<
  ListArchiveRulesCommandInput,
  ListArchiveRulesCommandOutput
> = (context, input) => {
  const analyzer = findAnalyzer(context, input.analyzerName);
  const { items, nextToken } = pageOf(
    [...analyzer.archiveRules],
    { maxResults: input.maxResults, token: input.nextToken },
    {
      list: `archive rules ${analyzer.arn}`,
      defaultSize: 100,
      maxSize: 1000,
      invalid: (member) => invalid(`Invalid ${member}`, "fieldValidationFailed"),
    },
  );
  return {
    archiveRules: items.map(([name, rule]) => ruleOutput(name, rule)),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
};
