import { type Check, policyOf, sources } from "../check.ts";
import { githubScopes } from "../github-trust.ts";

const statement = {
  Effect: "Allow",
  Principal: {
    Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
  },
  Action: "sts:AssumeRoleWithWebIdentity",
};

/** GitHub's identity provider that is trusted for repositories of anybody. */
export const missingGithubRepoConditionKey: Check = {
  code: "MISSING_GITHUB_REPO_CONDITION_KEY",
  severity: "securityWarning",
  types: ["RESOURCE_POLICY"],
  title: "GitHub is trusted for repositories of anybody",
  why: "all users of GitHub share one identity provider: without the name of an owner, a workflow of any stranger can assume the role",
  remedy:
    "add `token.actions.githubusercontent.com:sub` with the repository and branch in its value, such as `repo:owner/name:ref:refs/heads/main`",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub",
  ],
  example: {
    type: "RESOURCE_POLICY",
    bad: policyOf({
      ...statement,
      Condition: {
        StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
      },
    }),
    good: policyOf({
      ...statement,
      Condition: {
        StringEquals: {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": "repo:owner/name:ref:refs/heads/main",
        },
      },
    }),
  },
  *check(policy, _facts, context) {
    for (const { text, namesOwner, isLimited } of githubScopes(policy, context)) {
      if (namesOwner) continue;
      yield {
        at: text,
        summary: isLimited
          ? "the condition on GitHub's claims lets repositories of other owners in"
          : "no condition says which repositories may assume the role",
      };
    }
  },
};
