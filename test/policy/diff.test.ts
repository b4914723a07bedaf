import { expect, it } from "vitest";
import { compile } from "../../src/policy/compile.ts";
import { diffPolicies, type PolicyDiff } from "../../src/policy/diff/diff.ts";
import { packPolicies } from "../../src/policy/pack/pack.ts";
import { parsePolicy } from "../../src/policy/parse.ts";
import type { Policy, Request } from "../../src/policy/types.ts";
import { type Random, random } from "./random.ts";
import { randomInput, randomRequest } from "./random-case.ts";

const known = [
  "ec2:RunInstances",
  "kms:Decrypt",
  "kms:RetireGrant",
  "s3:GetObject",
  "s3:PutObject",
  "sts:AssumeRole",
];

interface Piece {
  readonly version: string;
  readonly statement: unknown;
}

const allowAll: Piece = {
  version: "2012-10-17",
  statement: { Effect: "Allow", Action: "*", Resource: "*" },
};

function randomPieces(source: Random): Piece[] {
  for (;;) {
    const policies = randomInput(source).scps?.flatMap((level) => level.policies) ?? [];
    const pieces = policies.flatMap(({ text, version }) =>
      (JSON.parse(text) as { Statement: unknown[] }).Statement.map((statement) => ({
        version,
        statement,
      })),
    );
    if (pieces.length > 0) return source.chance(0.7) ? [allowAll, ...pieces] : pieces;
  }
}

function policiesOf(pieces: readonly Piece[]): Policy[] {
  return pieces.map(({ version, statement }) => {
    const text = JSON.stringify({ Version: version, Statement: [statement] });
    const { policy } = parsePolicy(text, { type: "SERVICE_CONTROL_POLICY" });
    if (policy === undefined) throw new Error(`no policy: ${text}`);
    return policy;
  });
}

/** The same pieces in another order, some twice; or changed. */
function mutated(source: Random, pieces: readonly Piece[]): Piece[] {
  const shuffled = [...pieces].sort(() => source.number() - 0.5);
  switch (source.integer(5)) {
    case 0:
      return shuffled;
    case 1:
      return [...shuffled, source.pick(pieces)];
    case 2:
      return shuffled.slice(1);
    case 3:
      return [...shuffled, source.pick(randomPieces(source))];
    default:
      return [source.pick(randomPieces(source)), ...shuffled.slice(1)];
  }
}

type Decide = (request: Request) => boolean;

function allows(policies: readonly Policy[], beside: readonly Policy[]): Decide {
  const engine = compile({ scps: [{ id: "r-1", policies: [...policies, ...beside] }] });
  return (request) => engine.decide(request) === "allowed";
}

function requests(source: Random, count: number): Request[] {
  return Array.from({ length: count }, () => {
    const { unknownKeys: _, ...request } = randomRequest(source);
    return { ...request, action: source.pick(known) };
  });
}

function differencesOf(diff: PolicyDiff, action: string): PolicyDiff["differences"] {
  return diff.differences.filter(({ actions }) => actions.includes(action));
}

it("never says that policies are the same, or one only tighter, where the engine differs", () => {
  const source = random(20261123);
  const seen = { same: 0, tightened: 0, loosened: 0, flips: 0 };
  const wrong: unknown[] = [];
  for (let round = 0; round < 4_000 && wrong.length < 3; round++) {
    const pieces = randomPieces(source);
    const changed = mutated(source, pieces);
    const [before, after] = [policiesOf(pieces), policiesOf(changed)];
    const diff = diffPolicies(before, after, known);
    const beside = diff.assumptions.length === 0 ? [] : policiesOf([allowAll]);
    const [was, is] = [allows(before, beside), allows(after, beside)];
    for (const request of requests(source, 25)) {
      const differences = differencesOf(diff, request.action);
      const directions = new Set(differences.map(({ direction }) => direction));
      const [only] = directions.size === 1 ? directions : [];
      const [old, now] = [was(request), is(request)];
      if (old !== now) seen.flips++;
      if (differences.length === 0) seen.same++;
      else if (only === "tightened" || only === "loosened") seen[only]++;
      const isWrong =
        (differences.length === 0 && old !== now) ||
        (only === "tightened" && now && !old) ||
        (only === "loosened" && old && !now);
      if (isWrong) wrong.push({ only, request, pieces, changed });
    }
  }
  expect(wrong).toEqual([]);
  // Each answer must have been put to the test, and changes must have shown.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(500);
}, 120_000);

it("packs only what decides alike", () => {
  const source = random(7);
  const seen = { packed: 0, refused: 0 };
  const wrong: unknown[] = [];
  for (let round = 0; round < 250; round++) {
    const policies = policiesOf(randomPieces(source));
    const packing = packPolicies(policies, { characters: 5_120, actions: known });
    if ("refused" in packing) {
      seen.refused++;
      continue;
    }
    seen.packed++;
    const packed = packing.documents.flatMap(
      (text) => parsePolicy(text, { type: "SERVICE_CONTROL_POLICY" }).policy ?? [],
    );
    expect(packed).toHaveLength(packing.documents.length);
    const [was, is] = [allows(policies, []), allows(packed, [])];
    for (const request of requests(source, 60)) {
      if (is(request) !== was(request)) wrong.push({ request, documents: packing.documents });
    }
  }
  expect(wrong).toEqual([]);
  expect(seen.packed).toBeGreaterThan(100);
}, 120_000);
