import { digest } from "../core/digest.ts";
import type { ServiceRates } from "../data/request-rates.ts";
import { authenticate, type CredentialScope, credentialScope } from "./authenticate.ts";
import type { Authorizer } from "./authorize.ts";
import { type CallRecord, inputDigest, isReadOperation } from "./call-log.ts";
import { callerOf } from "./credentials.ts";
import { delayOf, type Fault, type Faults } from "./faults.ts";
import { rateLimits } from "./rate-limits.ts";
import {
  type AnsweredCall,
  type HandlerContext,
  type SandboxService,
  ServiceError,
} from "./service.ts";
import { signatureVerifier } from "./signature.ts";
import {
  accessDenied,
  authenticationError,
  internalFailure,
  invalidInput,
  limitExceeded,
  throttled,
  unknownOperation,
} from "./standard-errors.ts";
import { stoppedClocks } from "./stopped-clocks.ts";
import { viewsOf } from "./views.ts";
import { createVisibility } from "./visibility.ts";
import type { WireRequest, WireResponse } from "./wire/message.ts";
import { protocolOf } from "./wire/protocols/protocol-of.ts";
import {
  missingMembers,
  type Protocol,
  type RoutedRequest,
  type WireService,
  wireService,
} from "./wire/wire-service.ts";
import type { World } from "./world.ts";

/** What becomes of a request: an answer, or none for want of a connection or of a client. */
export type Outcome =
  | { readonly kind: "response"; readonly response: WireResponse }
  | { readonly kind: "connectionReset" | "timeout" | "crash"; readonly call: CallRecord };

/** Answers requests. Rejects only for a defect of the sandbox itself. */
export type Dispatch = (request: WireRequest) => Promise<Outcome>;

/** What a dispatcher works with. */
export interface DispatchOptions {
  readonly world: World;
  readonly services: readonly SandboxService[];
  readonly authorizer: Authorizer | undefined;
  readonly rates: Readonly<Record<string, ServiceRates>>;
  readonly faults: Faults;
  readonly calls: CallRecord[];
}

/** A dispatcher: from a request on the wire to its handler and back. */
export function createDispatch(options: DispatchOptions): Dispatch {
  const { world, services, authorizer, faults, calls } = options;
  const loaded = new Map<SandboxService, Promise<WireService>>();
  const limits = rateLimits(options.rates, () => world.clock.now());
  const visibility = createVisibility(world);
  const worldOf = stoppedClocks(world, faults);
  const verifySignature = signatureVerifier();

  const load = (service: SandboxService): Promise<WireService> => {
    let wire = loaded.get(service);
    if (wire === undefined) {
      wire = wireService(service);
      loaded.set(service, wire);
    }
    return wire;
  };

  return async (request) => {
    const scope = credentialScope(request);
    const service = findService(services, request, scope);
    if (service === undefined) return noSuchService(services, scope);
    const wire = await load(service);
    const protocol = protocolOf(service);
    const routed = protocol.route(wire, request);
    const operation = typeof routed === "string" ? routed : routed.operation.name;
    for (const { id, settle } of services) settle?.(worldOf(id));

    const authentication = scope === undefined ? undefined : authenticate(world, scope);
    const credential = authentication?.ok === true ? authentication.credential : undefined;
    const call: CallRecord = {
      sequence: calls.length + 1,
      requestId: requestIdOf(calls.length + 1),
      at: world.clock.now(),
      service: service.id,
      operation,
      account: credential?.account ?? "",
      region: scope?.region ?? "",
      caller: credential?.arn ?? "",
      kind: isReadOperation(operation, service.readOperations ?? []) ? "read" : "write",
      outcome: "ok",
    };
    calls.push(call);
    const fail = (error: ServiceError): Outcome => {
      call.outcome = error.code;
      return { kind: "response", response: protocol.encodeError(wire, error, call.requestId) };
    };
    const lost = (kind: "connectionReset" | "timeout" | "crash"): Outcome => {
      call.outcome = kind;
      return { kind, call };
    };

    if (typeof routed === "string" || !Object.hasOwn(service.handlers, operation)) {
      return fail(unknownOperation(service, protocol, operation));
    }
    if (authentication?.ok !== true || scope === undefined) {
      return fail(
        authenticationError(
          protocol,
          authentication?.ok === false ? authentication.why : "missing",
        ),
      );
    }
    const problem = verifySignature(request, {
      secretAccessKey: authentication.credential.secretAccessKey,
      signingName: scope.signingName,
    });
    if (problem !== undefined) {
      return fail(
        authenticationError(
          protocol,
          problem.why,
          problem.why === "skewed" ? problem.message : undefined,
        ),
      );
    }
    if (
      services.some((other) => other.isRegionEnabled?.(world, call.account, call.region) === false)
    ) {
      return fail(authenticationError(protocol, "unknownKey"));
    }

    const struck = faults.strike(call);
    const before = struck.find(
      (fault) => fault.when !== "after" && fault.name !== "delayedVisibility",
    );
    if (before !== undefined) return befall(before, service, call, fail, lost);
    const organizationId = (): string | undefined =>
      viewsOf(services, world).organizationOf(call.account)?.organizationId;
    if (!limits.take({ ...call, organizationId })) return fail(throttled(service));

    const delay = struck.find((fault) => fault.name === "delayedVisibility");
    const seen =
      delay !== undefined && call.kind === "read"
        ? visibility.asOf(delayOf(delay))
        : worldOf(service.id);
    const context: HandlerContext = {
      world: seen,
      caller: callerOf(authentication.credential),
      region: scope.region,
      requestId: call.requestId,
      views: viewsOf(services, seen),
    };
    const longestDelayMs = faults.longestDelayMs();
    let given: unknown;
    const note = (outcome: Pick<AnsweredCall, "output" | "error">): void => {
      if (call.kind !== "write" || given === undefined) return;
      const { caller } = context;
      for (const { observe } of services)
        observe?.(world, { call, caller, input: given, ...outcome });
    };
    try {
      const input = decode(wire, protocol, routed);
      given = input;
      call.inputDigest = inputDigest(input);
      const actions = authorizer?.authorize(
        { ...context, world, views: viewsOf(services, world) },
        service,
        operation,
        input,
      );
      if (actions !== undefined) call.actions = actions;
      if (call.kind === "write" && longestDelayMs > 0) visibility.remember(longestDelayMs);
      const output: unknown = await service.handlers[operation]?.(context, input);
      note({ output });
      const after = struck.find((fault) => fault.when === "after");
      if (after !== undefined) return befall(after, service, call, fail, lost);
      const response = protocol.encode(wire, routed.operation, output, call.requestId);
      return { kind: "response", response };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      note({ error });
      return fail(error);
    }
  };
}

/** The service that a request is for: by the name it is signed with, else by what it says. */
function findService(
  services: readonly SandboxService[],
  request: WireRequest,
  scope: CredentialScope | undefined,
): SandboxService | undefined {
  const target = request.headers["x-amz-target"]?.split(".")[0];
  if (scope === undefined) {
    return services.find(
      (service) =>
        (target !== undefined && service.targetPrefix === target) ||
        request.host.startsWith(`${service.signingName}.`),
    );
  }
  const signed = services.filter((service) => service.signingName === scope.signingName);
  return (
    signed.find(({ serves }) => serves?.(request)) ??
    signed.find((service) => service.targetPrefix === target) ??
    signed[0]
  );
}

function noSuchService(
  services: readonly SandboxService[],
  scope: CredentialScope | undefined,
): Outcome {
  const served = services.map(({ signingName }) => signingName).join(", ");
  const message =
    scope === undefined
      ? "the request is not signed, so the sandbox cannot tell which service it is for"
      : `the sandbox does not serve ${scope.signingName}; it serves ${served}`;
  const code =
    scope === undefined ? "MissingAuthenticationTokenException" : "UnknownOperationException";
  return {
    kind: "response",
    response: {
      status: scope === undefined ? 403 : 404,
      headers: { "content-type": "application/json", "x-amzn-errortype": code },
      body: Buffer.from(JSON.stringify({ __type: code, message })),
    },
  };
}

function decode(wire: WireService, protocol: Protocol, routed: RoutedRequest): object {
  const { input, problems } = protocol.decode(wire, routed);
  const missing = missingMembers(routed.operation.input, input);
  const all = [
    ...problems,
    ...missing.map(
      (path) => `Value null at '${path}' failed to satisfy constraint: Member must not be null`,
    ),
  ];
  if (all.length > 0) throw invalidInput(wire.service, all);
  return input;
}

function befall(
  { name }: Fault,
  service: SandboxService,
  call: CallRecord,
  fail: (error: ServiceError) => Outcome,
  lost: (kind: "connectionReset" | "timeout" | "crash") => Outcome,
): Outcome {
  switch (name) {
    case "throttle":
      return fail(throttled(service));
    case "serverError":
      return fail(internalFailure(service));
    case "accessDenied": {
      const action = `${service.id}:${call.operation}`;
      const message = `User: ${call.caller} is not authorized to perform: ${action}`;
      return fail(accessDenied(service, message));
    }
    case "limitExceeded":
      return fail(limitExceeded(service, call.operation));
    case "delayedVisibility":
    case "neverReady":
      throw new Error(`${name} befalls what a call sees, not the call`);
    default:
      return lost(name);
  }
}

/** A request id in the form of a UUID, which takes nothing from the world's seeded sequence. */
function requestIdOf(sequence: number): string {
  const hex = digest(sequence).slice(0, 32);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
