/**
 * Whether a test that needs a program which we did not write is skipped. On a user's machine an
 * absent program skips it with a visible reason; where `ORGRAIL_REQUIRE_REFEREES` is set, as in CI,
 * the test runs and fails.
 */
export function skipReferee(name: string, isPresent: boolean): boolean {
  if (isPresent) return false;
  if (process.env.ORGRAIL_REQUIRE_REFEREES === "1") return false;
  process.stderr.write(`referee not present, its tests are skipped: ${name}\n`);
  return true;
}
