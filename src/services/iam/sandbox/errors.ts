import { hasErrors } from "../../../core/diagnostic.ts";
import { type PolicyType, parsePolicy } from "../../../policy/index.ts";
import { ServiceError } from "../../../sandbox/service.ts";

/** `NoSuchEntity`, in IAM's words. */
export function noSuchEntity(message: string): ServiceError {
  return new ServiceError("NoSuchEntityException", message, { httpStatus: 404 });
}

/** `EntityAlreadyExists`, in IAM's words. */
export function alreadyExists(what: string, name: string): ServiceError {
  return new ServiceError(
    "EntityAlreadyExistsException",
    `${what} with name ${name} already exists.`,
    {
      httpStatus: 409,
    },
  );
}

/** `DeleteConflict`: something must be taken away first. */
export function deleteConflict(message: string): ServiceError {
  return new ServiceError("DeleteConflictException", message, { httpStatus: 409 });
}

/** `ValidationError`, in IAM's words. */
export function validationError(message: string): ServiceError {
  return new ServiceError("ValidationError", message);
}

/** A member that the operation cannot do without; the wire layer has seen to most of them. */
export function needed(value: string | undefined, member: string): string {
  if (value !== undefined && value !== "") return value;
  throw validationError(
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length greater than or equal to 1`,
  );
}

/** Checks the name of a role, user or policy. */
export function validName(name: string | undefined, member: string, maxLength: number): string {
  const given = needed(name, member);
  if (given.length > maxLength) {
    throw validationError(
      `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${maxLength}`,
    );
  }
  if (!/^[\w+=,.@-]+$/.test(given)) {
    throw validationError(
      `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
    );
  }
  return given;
}

/** Checks a path such as `/` or `/teams/a/`. */
export function validPath(path: string | undefined): string {
  const given = path ?? "/";
  if (/^(\/|\/[!-~]+\/)$/.test(given) && given.length <= 512) return given;
  throw validationError(
    "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.",
  );
}

/** Checks a policy document and gives it back. */
export function validDocument(document: string | undefined, type: PolicyType): string {
  const given = document ?? "";
  const { diagnostics } = parsePolicy(given, { type });
  if (!hasErrors(diagnostics)) return given;
  const [first] = diagnostics.filter(({ severity }) => severity === "error");
  throw new ServiceError(
    "MalformedPolicyDocumentException",
    first?.code === "JSON_SYNTAX_ERROR"
      ? "This policy contains invalid Json"
      : `Syntax errors in policy. ${first?.summary ?? ""}`.trim(),
  );
}
