import type { Severity } from "../../../core/diagnostic.ts";
import { resourceTypes } from "../../../data/resource-policy-types.ts";
import { checks } from "../../../policy/lint/registry.gen.ts";
import { lintPolicy } from "../../../policy/lint.ts";
import { renderSarif } from "../../../report/sarif.ts";
import type { Run } from "../../command.ts";
import { inFile, readPolicies } from "../../policy/read-policies.ts";
import { programFacts } from "../../program-facts.gen.ts";
import { counted } from "../../words.ts";
import type { LintCommandOptions } from "./lint.command.ts";

/** From the worst to the mildest. */
const severities: readonly Severity[] = [
  "error",
  "securityWarning",
  "warning",
  "suggestion",
  "info",
];

const severityNames: Readonly<Record<Severity, readonly [string, string]>> = {
  error: ["error", "errors"],
  securityWarning: ["security warning", "security warnings"],
  warning: ["warning", "warnings"],
  suggestion: ["suggestion", "suggestions"],
  info: ["remark", "remarks"],
};

/** Checks policies. */
export const run: Run<LintCommandOptions> = async (deps, options, paths) => {
  const resourceType = resourceTypes.find((name) => name === options.resourceType);
  const lintOptions = {
    allow: options.allow,
    ...(resourceType === undefined ? {} : { resourceType }),
  };
  const files = readPolicies(deps, paths, options.type);
  const diagnostics = files.flatMap(({ file, policy, diagnostics: parsed }) => [
    ...parsed.filter(({ code }) => !options.allow.includes(code)),
    ...(policy === undefined ? [] : lintPolicy(policy, { ...lintOptions, file })).map((one) =>
      inFile(one, file),
    ),
  ]);
  const counts = severities
    .map((severity) => ({
      severity,
      count: diagnostics.filter((one) => one.severity === severity).length,
    }))
    .filter(({ count }) => count > 0);
  const limit = severities.indexOf((options.failOn ?? "info") as Severity);
  const fails =
    options.failOn !== undefined &&
    counts.some(({ severity }) => severities.indexOf(severity) <= limit);
  const outcome = {
    result: {
      files: files.map(({ file, type, policy }) => ({
        file,
        type,
        ...(policy === undefined ? {} : { size: policy.size }),
      })),
      counts: Object.fromEntries(counts.map(({ severity, count }) => [severity, count])),
    },
    diagnostics,
    exit: fails ? ("differences" as const) : ("done" as const),
  };
  if (options.format === "sarif") {
    const rules = checks.map(({ code, title, why, sources }) => ({
      id: code,
      title,
      why,
      ...(sources[0] === undefined ? {} : { helpUri: sources[0] }),
    }));
    deps.stdout.write(renderSarif(diagnostics, { version: programFacts.version, rules }));
    return { ...outcome, written: true, alreadySaid: ["diagnostics"] };
  }
  return {
    ...outcome,
    text: () =>
      `checked ${counted(files.length, "policy", "policies")}: ${
        counts.length === 0
          ? deps.paint.green("nothing found")
          : counts
              .map(({ severity, count }) => counted(count, ...severityNames[severity]))
              .join(", ")
      }`,
  };
};
