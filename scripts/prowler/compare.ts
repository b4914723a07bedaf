import { explanations } from "./explanations.ts";
import { questions } from "./questions.ts";

/** What an auditor says of an account. `none`: it says nothing of it. */
export type Verdict = "pass" | "fail" | "unknown" | "none";

/** Verdicts of an auditor by check or rule, then account. */
export type Verdicts = ReadonlyMap<string, ReadonlyMap<string, Verdict>>;

/** A question of one account, with both answers. */
export interface Row {
  readonly check: string;
  readonly rules: readonly string[];
  readonly account: string;
  readonly prowler: Verdict;
  readonly orgrail: Verdict;
  readonly agree: boolean;
  /** Why they differ, where they do. */
  readonly why?: string;
}

const worst: readonly Verdict[] = ["fail", "unknown", "pass", "none"];

/** The verdict that needs most attention. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  return worst.find((verdict) => verdicts.includes(verdict)) ?? "none";
}

/** Both answers to every question, for every account that Prowler was run in. */
export function compare(
  accounts: readonly { readonly id: string; readonly name: string }[],
  prowler: Verdicts,
  orgrail: Verdicts,
): readonly Row[] {
  return questions.flatMap(({ check, rules }) =>
    accounts.map(({ id, name }) => {
      const theirs = prowler.get(check)?.get(id) ?? "none";
      // A rule of the organization has one answer, which holds for every account.
      const ours = worstOf(
        rules.map((rule) => {
          const answers = orgrail.get(rule);
          return answers?.get(id) ?? answers?.get("") ?? "none";
        }),
      );
      const agree = theirs === ours;
      const why = agree ? undefined : explanations[`${check} ${theirs} ${ours}`];
      return {
        check,
        rules,
        account: name,
        prowler: theirs,
        orgrail: ours,
        agree,
        ...(why === undefined ? {} : { why }),
      };
    }),
  );
}
