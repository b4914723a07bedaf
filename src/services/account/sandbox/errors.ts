import { type HandlerContext, ServiceError } from "../../../sandbox/service.ts";

/** `ValidationException` about one member, in Account Management's words. */
export function validationFailed(member: string, message: string): ServiceError {
  return new ServiceError(
    "ValidationException",
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member ${message}`,
    {
      members: {
        reason: "fieldValidationFailed",
        fieldList: [{ name: member, message: `Member ${message}` }],
      },
    },
  );
}

/** `ResourceNotFoundException`. */
export function notFound(message: string): ServiceError {
  return new ServiceError("ResourceNotFoundException", message, { httpStatus: 404 });
}

/** `AccessDeniedException`: the caller may not address that account. */
export function accessDenied({ caller }: HandlerContext, account: string): ServiceError {
  return new ServiceError(
    "AccessDeniedException",
    `User: ${caller.arn} is not authorized to perform this operation on account ${account}`,
    { httpStatus: 403 },
  );
}

/** Checks the length of a text and, where there is one, its pattern. */
export function validText(
  member: string,
  value: string | undefined,
  maxLength: number,
  pattern?: RegExp,
): string {
  const text = value ?? "";
  if (text.length < 1) {
    throw validationFailed(member, "must have length greater than or equal to 1");
  }
  if (text.length > maxLength) {
    throw validationFailed(member, `must have length less than or equal to ${maxLength}`);
  }
  if (pattern !== undefined && !pattern.test(text)) {
    throw validationFailed(member, `must satisfy regular expression pattern: ${pattern.source}`);
  }
  return text;
}
