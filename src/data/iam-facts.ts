/**
 * Facts of IAM as an organization's security service: account password policies and centralized
 * root access.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
 */
export const iamFacts: {
  readonly asOf: string;
  readonly source: string;
  readonly servicePrincipal: string;
  /** What UpdateAccountPasswordPolicy makes of members that it is not given. */
  readonly passwordPolicyDefaults: Readonly<Record<string, number | boolean>>;
  /** What AWS's managed rule of Config finds compliant when it is given no parameters. */
  readonly passwordPolicyRule: {
    readonly identifier: string;
    readonly source: string;
    readonly minimumLength: number;
    readonly preventReuse: number;
    readonly maximumAgeDays: number;
  };
  /** Task policies of AssumeRoot. */
  readonly rootTasks: { readonly audit: string; readonly remove: string };
  /** IAM actions by which an account's own protection can be weakened. */
  readonly tamperActions: readonly string[];
} = {
  asOf: "2026-11-22",
  source:
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html",
  servicePrincipal: "iam.amazonaws.com",
  passwordPolicyDefaults: {
    MinimumPasswordLength: 6,
    RequireSymbols: false,
    RequireNumbers: false,
    RequireUppercaseCharacters: false,
    RequireLowercaseCharacters: false,
    AllowUsersToChangePassword: false,
    MaxPasswordAge: 0,
    PasswordReusePrevention: 0,
    HardExpiry: false,
  },
  passwordPolicyRule: {
    identifier: "IAM_PASSWORD_POLICY",
    source: "https://docs.aws.amazon.com/config/latest/developerguide/iam-password-policy.html",
    minimumLength: 14,
    preventReuse: 24,
    maximumAgeDays: 90,
  },
  rootTasks: { audit: "IAMAuditRootUserCredentials", remove: "IAMDeleteRootUserCredentials" },
  tamperActions: [
    "iam:DeleteAccountPasswordPolicy",
    "iam:UpdateAccountPasswordPolicy",
    "iam:DisableOrganizationsRootCredentialsManagement",
    "iam:DisableOrganizationsRootSessions",
    "sts:AssumeRoot",
  ],
};
