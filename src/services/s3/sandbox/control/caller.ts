import { type Handler, type HandlerContext, ServiceError } from "../../../../sandbox/service.ts";

/** A handler of an SDK command: its input to its output without metadata. */
export type Served<Input, Output> = Handler<Input, Omit<Output, "$metadata">>;

/** Every request names the account that it is about: nobody speaks for another one. */
export function requireOwn({ caller }: HandlerContext, account: string | undefined): void {
  if (account !== caller.account) throw denied();
}

/** `AccessDenied`. */
export function denied(message = "Access Denied"): ServiceError {
  return new ServiceError("AccessDenied", message, { httpStatus: 403 });
}
