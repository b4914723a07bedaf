import type { HandlerContext, SandboxService } from "./service.ts";

/** Decides whether a caller may make a request. */
export interface Authorizer {
  /** Throws the service's AccessDenied error when the caller may not. */
  authorize(
    context: HandlerContext,
    service: SandboxService,
    operation: string,
    input: unknown,
  ): void;
}
