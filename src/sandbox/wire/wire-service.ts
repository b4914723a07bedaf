import type { SandboxService, ServiceError } from "../service.ts";
import type { WireRequest, WireResponse } from "./message.ts";
import { exceptionShape, type Operation, operationsOf, type Shape } from "./shape.ts";

/** A service of the sandbox with the shapes of its SDK client. */
export interface WireService {
  readonly service: SandboxService;
  /** All operations of the SDK client, served or not. */
  readonly operations: ReadonlyMap<string, Operation>;
  /** The shape of an exception, by the SDK's name. */
  readonly exception: (name: string) => Shape | undefined;
}

/** Loads a service's SDK client and takes its schemas apart. */
export async function wireService(service: SandboxService): Promise<WireService> {
  const module = await service.sdk();
  return {
    service,
    operations: operationsOf(module),
    exception: (name) => exceptionShape(module, name),
  };
}

/** A request whose operation is known. */
export interface RoutedRequest {
  readonly operation: Operation;
  readonly request: WireRequest;
  /** Decoded labels of the path, by member name. */
  readonly labels: Readonly<Record<string, string>>;
}

/** A request that was read by its operation's schema. */
export interface DecodedInput {
  readonly input: Readonly<Record<string, unknown>>;
  /** What does not fit the schema, in words. */
  readonly problems: readonly string[];
}

/** One of AWS's protocols, seen from the server. */
export interface Protocol {
  /** Finds the request's operation; a string is the name of one that the service does not have. */
  route(service: WireService, request: WireRequest): RoutedRequest | string;
  decode(service: WireService, routed: RoutedRequest): DecodedInput;
  encode(
    service: WireService,
    operation: Operation,
    output: unknown,
    requestId: string,
  ): WireResponse;
  encodeError(service: WireService, error: ServiceError, requestId: string): WireResponse;
  /** The error for an operation that the service does not have or the sandbox does not serve. */
  readonly unknownOperationCode: string;
  /** Names that this protocol's services give to failures of authentication. */
  readonly authenticationErrors: AuthenticationErrors;
}

/** Codes and HTTP statuses of the failures of authentication. */
export interface AuthenticationErrors {
  readonly missing: readonly [code: string, status: number];
  readonly unknownKey: readonly [code: string, status: number];
  readonly expired: readonly [code: string, status: number];
  readonly mismatch: readonly [code: string, status: number];
  readonly skewed: readonly [code: string, status: number];
  /** S3 only: the body is not the one whose digest the request states. */
  readonly contentMismatch: readonly [code: string, status: number];
}

/** An error's name and status on the wire, and its shape when the SDK knows it. */
export interface WireError {
  readonly code: string;
  readonly status: number;
  readonly fault: "client" | "server";
  readonly shape: Shape | undefined;
}

const queryProtocols: ReadonlySet<string> = new Set(["awsQuery", "ec2Query"]);

/** How a service's exception is called on the wire: the query protocols have codes of their own. */
export function wireError(service: WireService, error: ServiceError): WireError {
  const shape = service.exception(error.code);
  const traits = shape?.traits ?? {};
  // Some services that no longer speak a query protocol still have these codes in their schemas.
  const queryError = queryProtocols.has(service.service.protocol)
    ? traits.awsQueryError
    : undefined;
  const [code, queryStatus] = queryError ?? [error.code, undefined];
  const status =
    error.httpStatus !== 400 ? error.httpStatus : (queryStatus ?? traits.httpError ?? 400);
  return { code, status, fault: status >= 500 ? "server" : "client", shape };
}

/** The exception's members for an encoder: those of the error and its message under its name. */
export function errorMembers(error: ServiceError, shape: Shape | undefined): object {
  const member = shape?.members.find(({ name }) => name.toLowerCase() === "message");
  return { ...error.members, [member?.name ?? "message"]: error.message };
}

/** Names the required members that an input lacks, nested ones by path. */
export function missingMembers(shape: Shape, value: unknown, path = ""): string[] {
  if (value === undefined || value === null) return [];
  if (shape.kind === "list") {
    return (value as readonly unknown[]).flatMap((item, index) =>
      missingMembers(shape.item, item, `${path}[${index}]`),
    );
  }
  if (shape.kind !== "structure") return [];
  const source = value as Readonly<Record<string, unknown>>;
  return shape.members.flatMap(({ name, required, shape: member }) => {
    const inner = path === "" ? name : `${path}.${name}`;
    if (source[name] !== undefined) return missingMembers(member, source[name], inner);
    return required ? [inner] : [];
  });
}
