import type { Json, JsonObject } from "../../core/json.ts";
import type { IdOrRef, ServiceChange } from "../../core/service-plan.ts";
import { accountNamed } from "../kit/scope.ts";
import { keyStatements } from "./documents.ts";
import { mergeStatements } from "./merge-statements.ts";
import { archiveAddress, archivePlace, note, type Planning } from "./planning.ts";
import { trailArnsOf } from "./trail-arns.ts";

/** The key of the log archive, as other changes name it. */
export interface PlannedKey {
  /** Its ARN or a reference to it. */
  readonly id: Json;
  readonly needs: readonly string[];
}

/** Description of keys that orgrail makes; a key without its alias is found again by it. */
export function keyDescription(alias: string): string {
  return `CloudTrail log files (${alias})`;
}

/**
 * Plans the key for log files.
 *
 * @returns the key; `null` when the block wants none; `undefined` when it is not known.
 */
export function planKey(planning: Planning): PlannedKey | null | undefined {
  const { block, state, archive, facts } = planning;
  const wanted = block.logArchive.key;
  if (wanted === undefined) return null;
  if (wanted.arn !== undefined) return { id: wanted.arn, needs: [] };
  const name = wanted.alias ?? "";
  const alias = `alias/${name}`;
  const address = archiveAddress(planning, "key", name);
  const part = (what: string): string => archiveAddress(planning, "key", name, what);
  const path = ["logArchive", "key"];
  const found = archive.exists ? state.key : null;
  if (found === undefined) return undefined;
  planning.compared.push(address);
  const readers = (wanted.readers ?? []).flatMap((reader): IdOrRef[] => {
    const account = accountNamed(facts, reader);
    return account === undefined ? [] : [account.id];
  });
  const refs = readers.flatMap((id) => (typeof id === "string" ? [] : [id.$ref]));
  const statements = keyStatements(
    {
      partition: facts.partition,
      managementAccountId: facts.managementAccountId,
      trailArns: trailArnsOf(planning),
    },
    archive.id,
    readers,
  );
  const change = (rest: Omit<ServiceChange, "reason">): void => {
    planning.changes.push({
      ...archivePlace(planning),
      path,
      reason: "the file wants log files under a key of one's own",
      ...rest,
    });
  };
  const id: Json = found?.arn ?? { $ref: address };
  if (found === null) {
    const description = keyDescription(alias);
    change({
      operation: "CreateKey",
      address,
      action: "create",
      input: {
        Description: description,
        Policy: { Version: "2012-10-17", Statement: statements as JsonObject[] },
      },
      before: null,
      after: { description },
      needs: [`account:${archive.name}`, ...refs],
    });
    change({
      operation: "CreateAlias",
      address: part("alias"),
      action: "create",
      input: { AliasName: alias, TargetKeyId: id },
      before: null,
      after: { key: id },
      needs: [address],
    });
  } else {
    planning.ids[address] = found.arn;
    if (found.state !== "Enabled") {
      note(
        planning,
        "error",
        "ORGRAIL3163",
        path,
        `the key \`${alias}\` is ${found.state}: CloudTrail cannot write with it`,
        "enable the key, or cancel its deletion, then plan again",
      );
      return undefined;
    }
    const merged =
      found.policy === undefined || refs.length > 0
        ? found.policy
        : mergeStatements(found.policy, statements);
    if (merged !== undefined && merged !== found.policy) {
      change({
        operation: "PutKeyPolicy",
        address: part("policy"),
        action: "update",
        input: { KeyId: found.arn, PolicyName: "default", Policy: merged },
        before: { policy: found.policy ?? "" },
        after: { policy: merged },
      });
    }
  }
  const rotation = found === null ? false : found.rotation;
  if (rotation !== undefined && rotation !== wanted.rotation) {
    change({
      operation: wanted.rotation ? "EnableKeyRotation" : "DisableKeyRotation",
      address: part("rotation"),
      action: wanted.rotation ? "enable" : "disable",
      input: { KeyId: id },
      before: { rotation },
      after: { rotation: wanted.rotation },
      needs: [address],
      ...(wanted.rotation ? {} : { risk: "protection" as const }),
    });
  }
  return { id, needs: [address, part("alias"), part("policy")] };
}
