import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { InputError } from "../../core/app-error.ts";
import { canonicalJson } from "../../core/json.ts";
import type { OrganizationState, PolicyState } from "../../core/snapshot.ts";
import { type GuardPolicyType, guardPolicyTypes, policyOf } from "../../impact/chains.ts";
import type { PolicyChange } from "../../impact/changed-organization.ts";
import type { Policy } from "../../policy/types.ts";
import type { Deps } from "../deps.ts";
import { findAccount, findPlace } from "../policy/find-place.ts";
import { readPolicyFile } from "../policy/read-policies.ts";

/** What the command line says of a change. */
export interface ChangeWords {
  /** A file, or with `detach` the name or id of a policy. */
  readonly policy: string;
  readonly targets: readonly string[];
  readonly detach: boolean;
  readonly replace: string | undefined;
}

/** Reads the changes that are asked about. Throws ORGRAIL5320 and the errors of files and names. */
export function readChanges(
  deps: Deps,
  organization: OrganizationState,
  { policy: word, targets, detach, replace }: ChangeWords,
): readonly PolicyChange[] {
  if (detach && replace !== undefined) {
    throw new InputError("ORGRAIL5320", "--detach and --replace exclude each other", []);
  }
  const places = targets.map((target) => placeId(organization, target));
  if (places.length === 0 && replace === undefined) {
    throw new InputError(
      "ORGRAIL5320",
      "it is not said where the policy is attached",
      [],
      "name the target: --target Root, --target Workloads/Prod, --target account:NAME",
    );
  }
  if (detach) {
    const found = attachedPolicy(deps, organization, word);
    return places.map((target) => {
      if (found.state.targets?.includes(target) !== true) {
        throw new InputError(
          "ORGRAIL5320",
          `\`${found.state.name}\` is not attached to ${target}`,
          [],
        );
      }
      return { kind: "detach", target, policyId: found.state.id, policy: found.policy };
    });
  }
  const old = replace === undefined ? undefined : namedPolicy(organization, replace);
  const policy = readPolicyFile(deps, word, old?.policy.type ?? typeOfFile(deps, word));
  const policyId = `candidate ${word}`;
  if (old === undefined) {
    return places.map((target) => ({ kind: "attach", target, policyId, policy }));
  }
  const where = (old.state.targets ?? []).filter(
    (target) => places.length === 0 || places.includes(target),
  );
  if (where.length === 0) {
    throw new InputError("ORGRAIL5320", `\`${replace}\` is attached to none of the targets`, []);
  }
  return where.flatMap((target): PolicyChange[] => [
    { kind: "detach", target, policyId: old.state.id, policy: old.policy },
    { kind: "attach", target, policyId, policy },
  ]);
}

function placeId(organization: OrganizationState, target: string): string {
  const account = /^account:(.*)$/s.exec(target)?.[1];
  return (
    account === undefined ? findPlace(organization, target) : findAccount(organization, account)
  ).id;
}

interface Found {
  readonly state: PolicyState;
  readonly policy: Policy;
}

/** A document whose statements name principals is a resource control policy. */
function typeOfFile(deps: Deps, file: string): GuardPolicyType {
  const { type } = readPolicyFile(deps, file, undefined);
  return type === "RESOURCE_CONTROL_POLICY" || type === "RESOURCE_POLICY"
    ? "RESOURCE_CONTROL_POLICY"
    : "SERVICE_CONTROL_POLICY";
}

function guardsOf({ policies = [] }: OrganizationState): readonly PolicyState[] {
  const types: readonly string[] = guardPolicyTypes;
  return policies.filter(({ type }) => types.includes(type));
}

function namedPolicy(organization: OrganizationState, word: string): Found {
  const found = guardsOf(organization).filter(({ id, name }) => id === word || name === word);
  const [state, second] = found;
  const policy = state === undefined ? undefined : policyOf(state);
  if (state === undefined || second !== undefined || policy === undefined) {
    const summary =
      state === undefined
        ? `there is no service or resource control policy \`${word}\``
        : second === undefined
          ? `the content of \`${word}\` was not read`
          : `several policies are called \`${word}\``;
    throw new InputError("ORGRAIL5320", summary, [], "`orgrail effective` lists what is attached");
  }
  return { state, policy };
}

/** The policy of the name, else the one that says what the file says. */
function attachedPolicy(deps: Deps, organization: OrganizationState, word: string): Found {
  const isNamed = guardsOf(organization).some(({ id, name }) => id === word || name === word);
  if (isNamed || !existsSync(resolve(deps.cwd, word))) return namedPolicy(organization, word);
  const wanted = sameText(readPolicyFile(deps, word, typeOfFile(deps, word)).text);
  const state = guardsOf(organization).find(
    ({ content }) => content !== undefined && sameText(content) === wanted,
  );
  if (state !== undefined) return namedPolicy(organization, state.id);
  throw new InputError(
    "ORGRAIL5320",
    `no policy of the organization says what \`${word}\` says`,
    [],
    "name the policy instead",
  );
}

function sameText(document: string): string {
  try {
    return canonicalJson(JSON.parse(document));
  } catch {
    return document;
  }
}
