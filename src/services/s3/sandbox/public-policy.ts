import { parsePolicy } from "../../../policy/index.ts";

/** Condition keys whose fixed values keep a statement for everyone from being public. */
const restrictingKeys: ReadonlySet<string> = new Set(
  [
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalAccount",
    "aws:SourceArn",
    "aws:SourceAccount",
    "aws:SourceOrgID",
    "aws:SourceOwner",
    "aws:SourceIp",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:userid",
    "s3:DataAccessPointAccount",
    "s3:DataAccessPointArn",
  ].map((key) => key.toLowerCase()),
);

/**
 * Whether S3 calls a bucket policy public: a statement allows everyone, and no condition with
 * fixed values says who that is.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublicPolicy(document: string): boolean {
  const { policy } = parsePolicy(document, { type: "RESOURCE_POLICY" });
  return (policy?.statements ?? []).some((statement) => {
    if (statement.effect !== "Allow") return false;
    const everyone =
      statement.notPrincipal !== undefined ||
      statement.principal?.any === true ||
      statement.principal?.byType.some(({ values }) =>
        values.values.some(({ value }) => value === "*"),
      ) === true;
    return (
      everyone &&
      !statement.conditions.some(
        ({ key, values }) =>
          restrictingKeys.has(key.value.toLowerCase()) &&
          values.values.every(({ value }) => !/[*?]/.test(value) || value.startsWith("arn:")),
      )
    );
  });
}
