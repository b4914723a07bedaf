import { dirname, join } from "node:path";
import type { PolicyTest } from "../../config/policy-tests.ts";
import { AppError } from "../../core/app-error.ts";
import type { Diagnostic, Span } from "../../core/diagnostic.ts";
import { parseArn } from "../../core/identifiers.ts";
import type { Explanation, StatementPlace } from "../../policy/explanation.ts";
import type { Policy, PolicyType } from "../../policy/types.ts";
import type { RequestResult, TestResult } from "../../report/test-results.ts";
import type { Deps } from "../deps.ts";
import { decideAlone } from "./decide-alone.ts";
import { decideAt } from "./decide-at.ts";
import { findAccount, findUnit } from "./find-place.ts";
import type { OrganizationSource } from "./organization-source.ts";
import { readPolicyFile } from "./read-policies.ts";
import { anyAccount, readPrincipal } from "./read-principal.ts";
import { type LocateStatement, statementLocator } from "./statement-places.ts";

/** A test with the file that it is from. */
export interface FoundTest {
  readonly file: string;
  readonly test: PolicyTest;
}

/** What came of tests. */
export interface TestRun {
  readonly results: readonly TestResult[];
  /** What is wrong with tests: a place that is not there, a policy that cannot be read. */
  readonly diagnostics: readonly Diagnostic[];
  /** Paths into the snapshot that were not read and that answers lack. */
  readonly unread: readonly string[];
  /** Policy files that were read, as seen from the working folder. */
  readonly files: readonly string[];
}

/** Runs tests. `source` is there when a test names an account or organizational unit. */
export function runPolicyTests(
  deps: Deps,
  found: readonly FoundTest[],
  source: OrganizationSource | undefined,
): TestRun {
  const results: TestResult[] = [];
  const diagnostics: Diagnostic[] = [];
  const unread = new Set<string>();
  const policies = new Map<string, Policy>();
  const files = new Set<string>();
  const read = (file: string, type: PolicyType | undefined): Policy => {
    files.add(file);
    const known = policies.get(`${file}\0${type}`);
    if (known !== undefined) return known;
    const policy = readPolicyFile(deps, file, type);
    policies.set(`${file}\0${type}`, policy);
    return policy;
  };
  for (const { file, test } of found) {
    const startedAt = deps.clock.now();
    const ask = prepared({ test, folder: dirname(file), source, read }, diagnostics);
    if (ask === undefined) continue;
    const requests = test.actions.flatMap((action) =>
      test.resources.map((resource): RequestResult => {
        const answer = ask.decide(action, resource);
        for (const subject of answer.unread) unread.add(subject);
        return resultOf(test, action, resource, answer.explanation, ask.locate);
      }),
    );
    results.push({
      file,
      name: test.name,
      span: test.span,
      expect: test.expect,
      ...(test.by === undefined ? {} : { by: test.by }),
      passed: requests.every(({ passed }) => passed),
      requests,
      durationMs: deps.clock.now() - startedAt,
    });
  }
  return { results, diagnostics, unread: [...unread].sort(), files: [...files] };
}

interface Preparation {
  readonly test: PolicyTest;
  readonly folder: string;
  readonly source: OrganizationSource | undefined;
  readonly read: (file: string, type: PolicyType | undefined) => Policy;
}

interface Asking {
  readonly decide: (
    action: string,
    resource: string,
  ) => { readonly explanation: Explanation; readonly unread: readonly string[] };
  readonly locate: LocateStatement;
}

/** Finds the place and reads the policies of a test; what is wrong goes to the diagnostics. */
function prepared(preparation: Preparation, diagnostics: Diagnostic[]): Asking | undefined {
  const { test, folder, source, read } = preparation;
  const { place } = test;
  const noted = <T>(key: string, get: () => T): T | undefined => {
    try {
      return get();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      diagnostics.push(...wrong(error, test.spanOf(key)));
      return undefined;
    }
  };
  const identity = test.identity.map((file) =>
    noted("identity", () => read(join(folder, file), "IDENTITY_POLICY")),
  );
  if (identity.some((policy) => policy === undefined)) return undefined;
  const common = {
    context: test.context,
    unknownKeys: test.unknownKeys,
    ...(identity.length === 0
      ? {}
      : { identity: identity.filter((policy) => policy !== undefined) }),
  };
  if (place.kind === "policies") {
    const policies = place.files.map((file) =>
      noted("policies", () => read(join(folder, file), undefined)),
    );
    const principal = noted("principal", () =>
      readPrincipal(test.principal, { partition: "aws", account: anyAccount }),
    );
    if (principal === undefined || policies.some((policy) => policy === undefined)) {
      return undefined;
    }
    const alone = policies.filter((policy) => policy !== undefined);
    return {
      decide: (action, resource) => ({
        explanation: decideAlone(alone, {
          ...common,
          principal,
          action,
          resource,
          ...(test.resourceAccount === undefined ? {} : { resourceAccount: test.resourceAccount }),
        }),
        unread: [],
      }),
      locate: ({ policy, start }: StatementPlace) =>
        policy === undefined ? undefined : `${policy}:${start.line}:${start.column}`,
    };
  }
  if (source === undefined) return undefined;
  const { organization } = source.snapshot;
  const caller =
    place.kind === "account"
      ? noted("account", () => findAccount(organization, place.name))
      : noted("ou", () => findUnit(organization, place.path));
  if (caller === undefined) return undefined;
  const principal = noted("principal", () =>
    readPrincipal(test.principal, {
      partition: parseArn(organization.arn)?.partition ?? "aws",
      account: caller.kind === "account" ? caller.id : anyAccount,
    }),
  );
  const owner =
    test.resourceAccount === undefined || /^\d{12}$/.test(test.resourceAccount)
      ? { id: test.resourceAccount }
      : noted("resourceAccount", () => findAccount(organization, test.resourceAccount ?? ""));
  if (principal === undefined || owner === undefined) return undefined;
  return {
    decide: (action, resource) =>
      decideAt(source, {
        ...common,
        caller,
        principal,
        action,
        resource,
        ...(owner.id === undefined ? {} : { resourceAccount: owner.id }),
      }),
    locate: statementLocator(source),
  };
}

function wrong(error: AppError, span: Span): readonly Diagnostic[] {
  if (error.diagnostics.length > 0) return error.diagnostics;
  const { code, message: summary, hint } = error;
  return [
    { severity: "error", code, summary, span, ...(hint === undefined ? {} : { help: hint }) },
  ];
}

function resultOf(
  test: PolicyTest,
  action: string,
  resource: string,
  explanation: Explanation,
  locate: LocateStatement,
): RequestResult {
  const { decision, reason, decidedBy } = explanation;
  const got = decision === "explicitDeny" || decision === "implicitDeny" ? "denied" : decision;
  const isBy = test.by === undefined || decidedBy?.sid === test.by || decidedBy?.policy === test.by;
  const at = decidedBy === undefined ? undefined : locate(decidedBy);
  return {
    action,
    resource,
    decision,
    reason,
    passed: got === test.expect && isBy,
    ...(decidedBy === undefined ? {} : { decidedBy }),
    ...(at === undefined ? {} : { decidedAt: at }),
    nearMisses: got === "allowed" ? nearMisses(explanation, locate) : [],
  };
}

const mostMisses = 5;

function nearMisses({ guards }: Explanation, locate: LocateStatement): readonly string[] {
  return guards
    .filter(({ outcome }) => outcome !== "notApplicable")
    .flatMap(({ statements }) => statements)
    .filter(({ statement, why }) => statement.effect === "Deny" && !why.startsWith("the action is"))
    .slice(0, mostMisses)
    .map(({ statement, why }) => {
      const name = [statement.policy, statement.sid]
        .filter((part) => part !== undefined)
        .join(", ");
      const place = locate(statement);
      return `not denied by ${name}${place === undefined ? "" : ` (${place})`}: ${why}`;
    });
}
