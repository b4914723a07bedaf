import { hasErrors } from "../../../core/diagnostic.ts";
import { parsePolicy } from "../../../policy/index.ts";
import { ServiceError } from "../../../sandbox/service.ts";

/** `ValidationError`, in STS's words. */
export function validationError(message: string): ServiceError {
  return new ServiceError("ValidationError", message);
}

/** `AccessDenied`: the caller may not, or what it asks for does not exist. */
export function accessDenied(message: string): ServiceError {
  return new ServiceError("AccessDenied", message, { httpStatus: 403 });
}

/** Checks a duration in seconds. */
export function validDuration(seconds: number, least: number, most: number): number {
  if (Number.isInteger(seconds) && seconds >= least && seconds <= most) return seconds;
  const bound =
    seconds < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
  throw validationError(
    `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${bound}`,
  );
}

/** Checks a session policy and gives it back. */
export function validSessionPolicy(document: string): string {
  const { diagnostics } = parsePolicy(document, { type: "IDENTITY_POLICY" });
  if (!hasErrors(diagnostics)) return document;
  const [first] = diagnostics.filter(({ severity }) => severity === "error");
  throw new ServiceError("MalformedPolicyDocumentException", first?.summary ?? "Syntax errors");
}
