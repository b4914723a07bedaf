/** Whether an error of the file system has one of those codes. */
export function isErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    codes.includes(String((error as { code: unknown }).code))
  );
}

/** What the file system said, in words. */
export function reasonOf(error: unknown): string {
  if (isErrorCode(error, "ENOENT")) return "there is no such file or directory";
  if (isErrorCode(error, "EACCES", "EPERM")) return "permission denied";
  if (isErrorCode(error, "ENOSPC")) return "the disk is full";
  if (isErrorCode(error, "EISDIR")) return "it is a directory";
  if (isErrorCode(error, "ENOTDIR")) return "a part of its path is no directory";
  if (isErrorCode(error, "EROFS")) return "the file system is read-only";
  if (isErrorCode(error, "ELOOP")) return "it is a symbolic link that leads to itself";
  if (isErrorCode(error, "EDQUOT")) return "the quota of this user on the disk is used up";
  return error instanceof Error ? error.message : String(error);
}
