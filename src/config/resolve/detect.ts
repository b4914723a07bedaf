import type { DesiredDetection, DetectionException } from "../../core/desired.ts";
import { compileGlob, globMatches } from "../../policy/glob.ts";
import { configCodes } from "../codes.ts";
import { quoted } from "../report.ts";
import type { DetectInput, Partly } from "../schema/config-input.ts";
import { didYouMean } from "../suggest.ts";
import { type Context, items, keyAt, spanAt, uniqueness } from "./context.ts";

/** The lists of names that detection takes as they stand. */
const lists = [
  "logBuckets",
  "logKeys",
  "protectedPolicies",
  "deployRoles",
  "rootAccessRoles",
  "trustedAccounts",
  "alertPath",
] as const;

/** Reads what detection has to know. `rules` are the ids of all rules; unknown ones are reported. */
export function resolveDetection(
  context: Context,
  input: Partly<DetectInput> | undefined,
  rules: readonly string[] | undefined,
): DesiredDetection | undefined {
  if (input === undefined) return undefined;
  const named = lists.flatMap((name) => {
    const list = input[name];
    return list === undefined
      ? []
      : [[name, uniqueItems(context, list, `/detect/${name}`)] as const];
  });
  return {
    allow: exceptions(context, input, rules),
    ...(input.logRetentionDays === undefined ? {} : { logRetentionDays: input.logRetentionDays }),
    ...(Object.fromEntries(named) as Pick<DesiredDetection, (typeof lists)[number]>),
  };
}

function uniqueItems(
  context: Context,
  list: readonly (string | undefined)[],
  at: string,
): readonly string[] {
  const seen = uniqueness(context, configCodes.duplicateItem);
  return [...items(list, at)]
    .filter(([item, place]) =>
      seen.check(item, spanAt(context, place), `${quoted(item)} stands twice`, "remove it"),
    )
    .map(([item]) => item);
}

function exceptions(
  context: Context,
  { allow }: Partly<DetectInput>,
  rules: readonly string[] | undefined,
): readonly DetectionException[] {
  const found: DetectionException[] = [];
  for (const [entry, at] of items(allow, "/detect/allow")) {
    const { rule, principal, account, reason, owner, expires } = entry;
    if (rule === undefined || principal === undefined) continue;
    if (reason === undefined || expires === undefined) continue;
    checkRule(context, rule, rules, `${at}/rule`);
    if (!isDay(expires)) {
      context.report.error(
        configCodes.pattern,
        `there is no day ${quoted(expires)}`,
        spanAt(context, `${at}/expires`),
        "write it as year-month-day, such as `2026-12-31`",
      );
    }
    found.push({
      rule,
      principal,
      reason,
      ...(account === undefined ? {} : { account }),
      ...(owner === undefined ? {} : { owner }),
      expires,
      span: keyAt(context, at),
    });
  }
  return found;
}

function checkRule(
  context: Context,
  rule: string,
  rules: readonly string[] | undefined,
  at: string,
): void {
  if (rules === undefined) return;
  const pattern = compileGlob(rule);
  if (rules.some((id) => globMatches(pattern, id))) return;
  context.report.error(
    configCodes.unknownDetectionRule,
    `there is no rule ${quoted(rule)}`,
    spanAt(context, at),
    didYouMean(rule, rules, "the rules are") ?? "docs/detect lists the rules",
  );
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
