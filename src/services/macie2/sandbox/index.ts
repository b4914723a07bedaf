import { macieFacts } from "../../../data/macie.ts";
import { type AnyHandler, type SandboxService, ServiceError } from "../../../sandbox/service.ts";
import { administratorHandlers } from "./administrators.ts";
import { macieAuthorization } from "./authorization.ts";
import { discoveryHandlers } from "./discovery.ts";
import { invalidShape } from "./errors.ts";
import { exportHandlers } from "./exports.ts";
import { memberHandlers } from "./members.ts";
import { sessionHandlers } from "./sessions.ts";

/** The sandbox's Amazon Macie. */
export const macieSandbox: SandboxService = {
  id: "macie2",
  signingName: "macie2",
  protocol: "restJson1",
  sdk: () => import("@aws-sdk/client-macie2"),
  handlers: inItsRegions({
    ...sessionHandlers,
    ...administratorHandlers,
    ...memberHandlers,
    ...discoveryHandlers,
    ...exportHandlers,
  }),
  authorization: macieAuthorization,
  invalidInput: invalidShape,
  throttled: () => new ServiceError("ThrottlingException", "Rate exceeded", { httpStatus: 429 }),
};

/** Where AWS has no Macie there is no endpoint; a request that arrives nevertheless is refused. */
function inItsRegions(
  handlers: Readonly<Record<string, AnyHandler>>,
): Readonly<Record<string, AnyHandler>> {
  return Object.fromEntries(
    Object.entries(handlers).map(([operation, handler]) => [
      operation,
      ((context, input) => {
        if (!macieFacts.regions.names.includes(context.region)) {
          throw new ServiceError(
            "UnrecognizedClientException",
            `Macie is not available in the Region ${context.region}`,
            { httpStatus: 403 },
          );
        }
        return handler(context, input);
      }) satisfies AnyHandler,
    ]),
  );
}
