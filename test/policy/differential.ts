import { compile } from "../../src/policy/compile.ts";
import type { CompileInput } from "../../src/policy/guard.ts";
import { specDecide } from "../../src/policy/spec.ts";
import type { Decision, Request } from "../../src/policy/types.ts";
import { random } from "./random.ts";
import { randomInput, randomRequest } from "./random-case.ts";

/** A case on which the engine and the specification differ. */
export interface Disagreement {
  readonly engine: string;
  readonly specification: string;
  readonly input: CompileInput;
  readonly request: Request;
}

/** What a differential run found. */
export interface DifferentialResult {
  readonly cases: number;
  readonly seed: number;
  readonly decisions: Readonly<Record<Decision, number>>;
  /** The first ten. */
  readonly disagreements: readonly Disagreement[];
}

/** Requests made for one set of policies. */
const requestsPerInput = 20;

/** Compares engine and specification on random cases; the same seed gives the same cases. */
export function differential(cases: number, seed: number): DifferentialResult {
  const source = random(seed);
  const decisions: Record<Decision, number> = {
    allowed: 0,
    explicitDeny: 0,
    implicitDeny: 0,
    unknown: 0,
  };
  const disagreements: Disagreement[] = [];
  let done = 0;
  while (done < cases) {
    const input = randomInput(source);
    const guardrails = compile(input);
    for (let i = 0; i < requestsPerInput && done < cases; i++, done++) {
      const request = randomRequest(source);
      const expected = specDecide(input, request);
      const decided = guardrails.decide(request);
      const explained = guardrails.explain(request);
      decisions[decided]++;
      const isSame = decided === expected && explained.decision === expected;
      // An explicit Deny names its statement; an answer that is not known names its keys or says why.
      const isExplained =
        (decided !== "explicitDeny" || explained.decidedBy?.effect === "Deny") &&
        (decided === "unknown" || explained.unknownKeys.length === 0);
      if ((!isSame || !isExplained) && disagreements.length < 10) {
        const engine = isSame ? `explained: ${explained.reason}` : decided;
        disagreements.push({ engine, specification: expected, input, request });
      }
    }
  }
  return { cases: done, seed, decisions, disagreements };
}

/** Writes a disagreement so that it can be read. */
export function describeDisagreement(found: Disagreement): string {
  const texts = JSON.stringify(
    found.input,
    (_key, value: unknown) =>
      typeof value === "object" && value !== null && "text" in value ? value.text : value,
    1,
  );
  return `engine ${found.engine}, specification ${found.specification}\n${JSON.stringify(found.request)}\n${texts}`;
}
