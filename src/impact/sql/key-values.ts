import type { Predicate } from "./predicate.ts";
import { and, not } from "./predicate.ts";

/** What of a condition key SQL can tell of a row whose caller is bound. */
export interface KeyValue {
  /** Where the request had the key, with what value: never NULL and never empty there. */
  readonly known: Predicate;
  readonly value: string;
  /** Where it certainly had none. */
  readonly absent?: Predicate;
  /** Whether it stands in the record only, and not in a call's key. */
  readonly isOfRecord?: true;
}

const direct: Predicate = "invoked_by = ''";
const nowhere: KeyValue = { known: false, value: "''", absent: true };
const onlyOnBehalf: KeyValue = { known: false, value: "''", absent: direct };

function constant(value: string): KeyValue {
  return { known: true, value: `'${value}'` };
}

/** A key of requests that no service passed on, where the record has it. */
function ofRequest(column: string): KeyValue {
  return { known: and(direct, `${column} <> ''`), value: column, isOfRecord: true };
}

/**
 * Condition keys, in lower case, whose values SQL can tell. They agree with what `contextOf` knows:
 * a key that is not here, or not known here, may have any value.
 */
export const keyValues: Readonly<Record<string, KeyValue | undefined>> = Object.assign(
  Object.create(null) as Record<string, KeyValue>,
  {
    "aws:requestedregion": { known: "region <> ''", value: "region" },
    // What a session's own ARN stands for is left to the evaluation.
    "aws:principalarn": {
      known: not(
        "coalesce(split_part(principal, ':', 3), '') = 'sts' OR identity_type = 'FederatedUser'",
      ),
      value: "principal",
    },
    "aws:principalaccount": {
      known: "coalesce(split_part(principal, ':', 5), '') = caller_account",
      value: "caller_account",
    },
    "aws:principalisawsservice": constant("false"),
    "aws:principalservicename": nowhere,
    "aws:principalservicenameslist": nowhere,
    "aws:sourcearn": nowhere,
    "aws:sourceaccount": nowhere,
    "aws:sourceorgid": nowhere,
    "aws:sourceorgpaths": nowhere,
    "aws:viaawsservice": { known: direct, value: "'false'" },
    "aws:calledvia": onlyOnBehalf,
    "aws:calledviafirst": onlyOnBehalf,
    "aws:calledvialast": onlyOnBehalf,
    "aws:sourcevpce": ofRequest("vpc_endpoint"),
    "aws:useragent": ofRequest("user_agent"),
    "aws:userid": ofRequest("user_id"),
    "aws:username": {
      known: "(identity_type = 'IAMUser' AND user_name <> '')",
      value: "user_name",
      isOfRecord: true,
    },
  } satisfies Record<string, KeyValue>,
);
