import { iamLintFacts } from "../../data/iam-lint-facts.ts";
import type { Policy, Text } from "../types.ts";
import type { CheckContext } from "./check.ts";
import { type ReadCondition, statementConditions } from "./condition-operator.ts";
import { hasWildcard } from "./elements.ts";
import { oidcTrusts } from "./trust-policy.ts";

/** What a statement that trusts GitHub's identity provider lets in. */
export interface GithubScope {
  /** The principal. */
  readonly text: Text;
  /** Whether a condition is about the repository. */
  readonly isLimited: boolean;
  /** Whether every value of such a condition names an owner or a repository without a wildcard. */
  readonly namesOwner: boolean;
  /** Values of the subject with wildcards that no other condition narrows. */
  readonly wideSubjects: readonly Text[];
}

const { provider, repositoryClaims } = iamLintFacts.github;

/** The statements of a trust policy that trust GitHub's identity provider. */
export function githubScopes(policy: Policy, context: CheckContext): readonly GithubScope[] {
  return oidcTrusts(policy, context)
    .filter((trust) => trust.provider === provider)
    .map(({ statement, text }) => {
      const conditions = statementConditions(statement).filter(isLimit);
      const ofClaim = (claim: string): readonly ReadCondition[] =>
        conditions.filter(({ key }) => key === `${provider}:${claim}`);
      const ofRepository = repositoryClaims.flatMap(ofClaim);
      const hasBranch = ofClaim("ref").length > 0;
      const wideSubjects = ofClaim("sub").flatMap(({ condition, operator }) =>
        operator.hasWildcards
          ? condition.values.values.filter(({ value }) => isWide(value, hasBranch))
          : [],
      );
      return {
        text,
        isLimited: ofRepository.length > 0,
        namesOwner: ofRepository.some(namesOwner),
        wideSubjects,
      };
    });
}

/** Every token has these claims, so that `IfExists` changes nothing; what is negated lets others in. */
function isLimit({ operator, condition }: ReadCondition): boolean {
  return (
    operator.family === "String" &&
    !operator.isNegated &&
    operator.qualifier !== "ForAllValues" &&
    condition.values.values.length > 0
  );
}

function namesOwner({ condition, operator }: ReadCondition): boolean {
  if (!operator.hasWildcards) return true;
  return condition.values.values.every(({ value }) => {
    const slash = value.indexOf("/");
    // A subject in a form of its own, without an owner, is exact up to its first wildcard.
    const owner = slash < 0 ? value : value.slice(0, slash);
    return !hasWildcard(owner);
  });
}

/** Whether a subject takes in several repositories, or branches that no other condition names. */
function isWide(subject: string, hasBranch: boolean): boolean {
  const [kind = "", repository = ""] = subject.split(":");
  if (!hasWildcard(subject)) return false;
  return !hasBranch || hasWildcard(kind) || hasWildcard(repository);
}
