import { dirname, resolve } from "node:path";
import { InputError } from "../../../core/app-error.ts";
import { type Diagnostic, hasErrors } from "../../../core/diagnostic.ts";
import { renderJunit } from "../../../report/junit.ts";
import type { TestResult } from "../../../report/test-results.ts";
import { makeDirectory, writeFileAtomically } from "../../../store/atomic-file.ts";
import type { Outcome, Run } from "../../command.ts";
import type { Deps } from "../../deps.ts";
import { findTests } from "../../policy/find-tests.ts";
import { readSource } from "../../policy/organization-source.ts";
import { renderTests } from "../../policy/render-tests.ts";
import { runPolicyTests } from "../../policy/run-policy-tests.ts";
import { unreadGaps } from "../../policy/unread-gaps.ts";
import { rerunOnChange } from "../../policy/watch-files.ts";
import type { TestOptions } from "./test.command.ts";

/** Runs tests of policies, once or whenever a file changes. */
export const run: Run<TestOptions> = async (deps, options, words) => {
  if (!options.watch) return (await runOnce(deps, options, words)).outcome;
  if (deps.global.json) {
    throw new InputError("ORGRAIL5047", "--watch and --json exclude each other", []);
  }
  await rerunOnChange(deps, () => runOnce(deps, options, words));
  return { result: null, exit: "interrupted" };
};

/** One run, and the files that it read. */
interface Ran {
  readonly outcome: Outcome;
  readonly files: readonly string[];
}

async function runOnce(deps: Deps, options: TestOptions, words: readonly string[]): Promise<Ran> {
  const found = findTests(deps, words);
  const needsSource = found.tests.some(({ test }) => test.place.kind !== "policies");
  const isBroken = hasErrors(found.diagnostics);
  const source = needsSource && !isBroken ? await readSource(deps, options) : undefined;
  const { results, diagnostics, unread, files } = isBroken
    ? { results: [], diagnostics: [], unread: [], files: [] }
    : runPolicyTests(deps, found.tests, source);
  const all: readonly Diagnostic[] = [
    ...found.diagnostics,
    ...diagnostics,
    ...(source?.diagnostics ?? []),
  ];
  if (hasErrors([...found.diagnostics, ...diagnostics])) {
    throw new InputError("ORGRAIL5056", "tests cannot be run", all, "nothing was tested");
  }
  if (options.junit !== undefined) {
    const path = resolve(deps.cwd, options.junit);
    await makeDirectory(dirname(path));
    await writeFileAtomically(path, renderJunit(results));
  }
  const failed = results.filter(({ passed }) => !passed).length;
  const gaps = source === undefined ? [] : unreadGaps(source, unread);
  return {
    outcome: {
      result: {
        tests: results.map(plain),
        passed: results.length - failed,
        failed,
        source: source === undefined ? null : { kind: source.kind, name: source.shown },
      },
      gaps,
      diagnostics: all,
      exit: failed > 0 ? "failure" : gaps.length > 0 ? "gaps" : "done",
      text: () => renderTests(results, deps.paint),
    },
    files: [...found.files, ...files, ...Object.keys(source?.sources ?? {})],
  };
}

function plain({ span, ...test }: TestResult): object {
  return { ...test, line: span.start.line };
}
