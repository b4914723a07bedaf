/**
 * Measures the policy engine: `npm run bench:policy -- [--json]`. Each speed is the best of several
 * rounds on one core; Cedar is measured in the same run on the same policies and requests.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { preparsePolicySet, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs";
import { compile } from "../src/policy/compile.ts";
import { compileGlob, globMatches } from "../src/policy/glob.ts";
import { parsePolicy } from "../src/policy/parse.ts";
import type { Level, Request } from "../src/policy/types.ts";
import { cedarContext, toCedar } from "./lib/cedar-policy.ts";
import {
  largestChain,
  requestOf,
  workloadEvents,
  workloadIdentity,
  workloadLevels,
} from "./lib/policy-workload.ts";
import { type BenchResult, bestOf, bestOfParts, informing, limited, report } from "./lib/report.ts";

setFlagsFromString("--expose-gc");
// Node 20's V8 aborts once calls into Cedar's WebAssembly are inlined into hot JavaScript.
setFlagsFromString("--no-turbo-inline-js-wasm-calls");
const collectGarbage = runInNewContext("gc") as () => void;

const eventCount = 200_000;
const explainCount = 40_000;
const cedarCount = 4_000;
const rounds = 9;
/** Some 10 ms of decisions: shorter than what else runs leaves a core undisturbed. */
const partSize = 10_000;

function perSecond(count: number, milliseconds: number): number {
  return (count / milliseconds) * 1000;
}

function speeds(): BenchResult[] {
  const scps = workloadLevels();
  const identity = workloadIdentity();
  const guardrails = compile({ scps, identity });
  const events = workloadEvents(eventCount);
  const requests = events.map(requestOf);
  let allowed = 0;

  const decide = bestOfParts(rounds, requests, partSize, (part) => {
    for (const request of part) if (guardrails.decide(request) === "allowed") allowed++;
  });
  const build = bestOfParts(rounds, events, partSize, (part) => {
    for (const event of part) if (guardrails.decide(requestOf(event)) === "allowed") allowed++;
  });
  const explained = requests.slice(0, explainCount);
  const explain = bestOfParts(5, explained, partSize / 10, (part) => {
    for (const request of part) allowed += guardrails.explain(request).guards.length;
  });

  const asked = requests.slice(0, cedarCount);
  const cedar = measureCedar(toCedar(scps, identity), asked);
  const same = asked.filter(
    (request, i) => (guardrails.decide(request) === "allowed") === cedar.allowed[i],
  ).length;
  const cedarSpeed = perSecond(cedarCount, cedar.milliseconds);
  if (allowed < 0) throw new Error("unreachable");
  return [
    limited("decide, ready requests", perSecond(eventCount, decide), "1/s", "higher", 1_000_000),
    limited(
      "decide, building each request from its event",
      perSecond(eventCount, build),
      "1/s",
      "higher",
      600_000,
    ),
    limited("explain", perSecond(explainCount, explain), "1/s", "higher", 30_000),
    informing("Cedar, preparsed policies", cedarSpeed, "1/s"),
    informing("decide against Cedar", perSecond(eventCount, decide) / cedarSpeed, "times"),
    informing("answers unlike Cedar's (it has no exempt actions)", cedarCount - same, "requests"),
  ];
}

function measureCedar(
  policies: string,
  requests: readonly Request[],
): { milliseconds: number; allowed: boolean[] } {
  const parsed = preparsePolicySet("bench", { staticPolicies: policies });
  if (parsed.type === "failure") throw new Error(JSON.stringify(parsed.errors));
  const calls = requests.map((request) => ({
    principal: { type: "P", id: "x" },
    action: { type: "Action", id: "x" },
    resource: { type: "R", id: "x" },
    context: cedarContext(request),
    preparsedPolicySetId: "bench",
    entities: [],
  }));
  let allowed: boolean[] = [];
  const milliseconds = bestOf(3, () => {
    allowed = calls.map((call) => {
      const answer = statefulIsAuthorized(call);
      return answer.type === "success" && answer.response.decision === "allow";
    });
  });
  return { milliseconds, allowed };
}

function parseChain(texts: readonly (readonly string[])[]): Level[] {
  return texts.map((documents, level) => ({
    id: `level-${level}`,
    policies: documents.flatMap((text) => {
      const { policy } = parsePolicy(text, { type: "SERVICE_CONTROL_POLICY" });
      return policy === undefined ? [] : [policy];
    }),
  }));
}

function largest(): BenchResult[] {
  const texts = largestChain();
  const parse = (): Level[] => parseChain(texts);
  const parseTime = bestOf(5, () => void parse());
  const scps = parse();
  const compileTime = bestOf(7, () => void compile({ scps }));
  const requests = workloadEvents(2_000).map(requestOf);

  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const guardrails = compile({ scps });
  collectGarbage();
  const compiled = process.memoryUsage().heapUsed - before;
  for (const request of requests) guardrails.decide(request);
  for (let i = 0; i < 50_000; i++) {
    guardrails.decide({
      principal: `arn:aws:iam::111122223333:role/${i}`,
      action: `s3:Action${i}`,
      resource: "*",
      context: { "aws:RequestedRegion": `region-${i}`, [`key-${i}`]: "x" },
    });
  }
  collectGarbage();
  const used = process.memoryUsage().heapUsed - before;
  const mebibyte = 2 ** 20;
  const characters = texts.flat().reduce((sum, text) => sum + text.length, 0);
  // The chain must be alive while it is weighed.
  if (guardrails.decide({ principal: "", action: "", resource: "", context: {} }) === "allowed") {
    throw new Error("a request without an action was allowed");
  }
  return [
    informing("largest chain", characters, "characters"),
    limited("parse the largest chain", parseTime, "ms", "lower", 1_000),
    limited("compile the largest chain", compileTime, "ms", "lower", 100),
    limited("memory of the largest chain, compiled", compiled / mebibyte, "MiB", "lower", 20),
    limited("the same after 50,000 hostile requests", used / mebibyte, "MiB", "lower", 20),
  ];
}

/** The first compilation of a process: what a command pays that compiles once. In CPU time. */
function cold(): BenchResult[] {
  const scps = parseChain(largestChain());
  const before = process.cpuUsage();
  compile({ scps });
  const { user, system } = process.cpuUsage(before);
  return [informing("compile the largest chain, cold (CPU)", (user + system) / 1000, "ms")];
}

/** Time per character on a text sixteen times as long, against the shorter one: 1 is linear. */
function linearity(): BenchResult[] {
  const patterns = [
    "*a*a*a*a*a*a*a*a*b",
    `${"*a".repeat(200)}*b`,
    `*${"a".repeat(60)}b*`,
    `*${"a?".repeat(40)}b*`,
  ];
  let worst = 0;
  for (const pattern of patterns) {
    const glob = compileGlob(pattern);
    const time = (length: number): number => {
      const text = "a".repeat(length);
      return bestOf(9, () => {
        for (let i = 0; i < 20; i++) globMatches(glob, text);
      });
    };
    time(20_000);
    worst = Math.max(worst, time(320_000) / time(20_000) / 16);
  }
  return [limited("hostile wildcards: growth over linear", worst, "times", "lower", 3)];
}

report("policy", [...cold(), ...speeds(), ...largest(), ...linearity()]);
