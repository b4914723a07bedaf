import { type Diagnostic, hasErrors, type Span } from "../core/diagnostic.ts";
import { configCodes } from "./codes.ts";
import { placeOf, pointer } from "./places.ts";
import {
  type PolicyTestsInput,
  policyTestsSchema,
  type TestExpectation,
} from "./policy-tests-schema.ts";
import { createReport, quoted, type Report } from "./report.ts";
import { checkSchema } from "./schema-issues.ts";
import { checkedText, sizeLimits } from "./text.ts";
import { parseYaml } from "./yaml-reader.ts";
import { yamlValues } from "./yaml-values.ts";

/** Where the requests of a test are made. */
export type TestPlace =
  | { readonly kind: "account"; readonly name: string }
  | { readonly kind: "ou"; readonly path: string }
  /** Policy files alone, without a tree; paths are relative to the folder of the test file. */
  | { readonly kind: "policies"; readonly files: readonly string[] };

/** A test: requests at a place, and what is expected of each of them. */
export interface PolicyTest {
  readonly name: string;
  readonly place: TestPlace;
  /** Files of identity policies, relative to the folder of the test file. */
  readonly identity: readonly string[];
  readonly principal: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly resourceAccount?: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly unknownKeys: "absent" | "unknown";
  readonly expect: TestExpectation;
  /** The `Sid` or the policy that must decide. */
  readonly by?: string;
  readonly span: Span;
  /** Where the value of a key stands; the test itself where it is not written. */
  readonly spanOf: (key: string) => Span;
}

/** The tests of a file, and all that is wrong with it. */
export interface LoadedPolicyTests {
  /** Absent when a diagnostic is an error. */
  readonly tests?: readonly PolicyTest[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a file of policy tests. Every mistake is reported with its place; never throws on any text.
 *
 * @param file as the user wrote it.
 */
export function loadPolicyTests(text: string, file: string): LoadedPolicyTests {
  const report = createReport();
  const tests = load(text, file, report);
  const diagnostics = report.diagnostics();
  return {
    ...(tests === undefined || hasErrors(diagnostics) ? {} : { tests }),
    diagnostics,
  };
}

function load(text: string, file: string, report: Report): readonly PolicyTest[] | undefined {
  const plain = checkedText(text, file, sizeLimits.configuration, report);
  const yaml = plain === undefined ? undefined : parseYaml(plain, file, report);
  if (yaml === undefined) return undefined;
  const read = yamlValues(yaml, report);
  if (typeof read.value !== "object" || read.value === null || Array.isArray(read.value)) {
    report.error(
      configCodes.empty,
      yaml.contents === null ? "the file is empty" : "the file is not a mapping",
      yaml.span([0, 0]),
      "begin with `version: 1` and `tests:`",
    );
    return undefined;
  }
  const input = checkSchema(read, report, policyTestsSchema) as Partial<PolicyTestsInput>;
  const names = new Map<string, number>();
  return (input.tests ?? []).flatMap(
    (test: Partial<PolicyTestsInput["tests"][number]> | undefined, index) => {
      if (test === undefined) return [];
      const at = pointer(["tests", index]);
      const spanOf = (key: string): Span => placeOf(read.places, at + pointer([key])).span;
      const { name, expect, action } = test;
      if (name !== undefined) {
        if (names.has(name)) {
          report.error(
            configCodes.duplicateName,
            `two tests are called ${quoted(name)}`,
            spanOf("name"),
            "give each a name of its own",
          );
        }
        names.set(name, index);
      }
      const place = placeIn(test, placeOf(read.places, at).span, report, spanOf);
      if (
        name === undefined ||
        expect === undefined ||
        action === undefined ||
        place === undefined
      ) {
        return [];
      }
      return [
        {
          name,
          place,
          identity: [test.identity ?? []].flat(),
          principal: test.principal ?? "role/anyone",
          actions: [action].flat(),
          resources: [test.resource ?? "*"].flat(),
          ...(test.resourceAccount === undefined ? {} : { resourceAccount: test.resourceAccount }),
          context: Object.fromEntries(
            Object.entries(test.context ?? {}).map(([key, value]) => [
              key,
              typeof value === "object" ? value : String(value),
            ]),
          ),
          unknownKeys: test.unknownKeys ?? "unknown",
          expect,
          ...(test.by === undefined ? {} : { by: test.by }),
          span: placeOf(read.places, at).span,
          spanOf,
        },
      ];
    },
  );
}

function placeIn(
  test: Partial<PolicyTestsInput["tests"][number]>,
  span: Span,
  report: Report,
  spanOf: (key: string) => Span,
): TestPlace | undefined {
  const { account, ou, policies } = test;
  const given = (["account", "ou", "policies"] as const).filter((key) => test[key] !== undefined);
  const [first, second] = given;
  if (second !== undefined) {
    report.error(
      configCodes.contradiction,
      `the test has ${given.map((key) => `\`${key}\``).join(" and ")}`,
      spanOf(second),
      "keep one of `account`, `ou` and `policies`",
    );
    return undefined;
  }
  if (account !== undefined) return { kind: "account", name: account };
  if (ou !== undefined) return { kind: "ou", path: ou };
  if (policies !== undefined && first === "policies") return { kind: "policies", files: policies };
  // What is written and cannot be read is reported already.
  if (["account", "ou", "policies"].some((key) => spanOf(key) !== span)) return undefined;
  report.error(
    configCodes.missingKey,
    "the test does not say where its requests are made",
    span,
    "add `account`, `ou`, or `policies` with files to test them alone",
  );
  return undefined;
}
