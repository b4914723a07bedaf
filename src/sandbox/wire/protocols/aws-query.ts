import { fromQuery, parameterTree } from "../query.ts";
import { errorMembers, type Protocol, wireError } from "../wire-service.ts";
import { escapeXml, xmlMembers } from "../xml.ts";

/** The awsQuery protocol: a form in, XML out. */
export const awsQuery: Protocol = {
  unknownOperationCode: "InvalidAction",
  authenticationErrors: {
    missing: ["MissingAuthenticationToken", 403],
    unknownKey: ["InvalidClientTokenId", 403],
    expired: ["ExpiredToken", 403],
    mismatch: ["SignatureDoesNotMatch", 403],
    skewed: ["SignatureDoesNotMatch", 403],
    contentMismatch: ["SignatureDoesNotMatch", 403],
  },
  route: (service, request) => {
    const parameters = formOf(request.body, request.query);
    const name = parameters.find(([key]) => key === "Action")?.[1] ?? "";
    const operation = service.operations.get(name);
    return operation === undefined ? name : { operation, request, labels: {} };
  },
  decode: (_service, { operation, request }) => {
    const problems: string[] = [];
    const tree = parameterTree(formOf(request.body, request.query));
    const input = fromQuery(operation.input, tree, (path, problem) =>
      problems.push(`${path}: ${problem}`),
    );
    return { input: (input ?? {}) as Record<string, unknown>, problems };
  },
  encode: ({ service }, operation, output, requestId) => {
    const { name } = operation;
    const members = operation.output.kind === "unit" ? "" : xmlMembers(operation.output, output);
    const result =
      operation.output.kind === "unit" ? "" : `<${name}Result>${members}</${name}Result>`;
    const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
    return {
      status: 200,
      headers: headers(requestId),
      body: Buffer.from(
        `<${name}Response xmlns="${service.xmlNamespace ?? ""}">${result}${metadata}</${name}Response>`,
      ),
    };
  },
  encodeError: (wire, error, requestId) => {
    const { code, status, fault, shape } = wireError(wire, error);
    const members = { ...errorMembers(error, shape) } as Record<string, unknown>;
    delete members.message;
    delete members.Message;
    const extra = shape === undefined ? "" : xmlMembers(shape, members);
    const type = fault === "server" ? "Receiver" : "Sender";
    return {
      status,
      headers: headers(requestId),
      body: Buffer.from(
        `<ErrorResponse xmlns="${wire.service.xmlNamespace ?? ""}"><Error><Type>${type}</Type>` +
          `<Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message>${extra}` +
          `</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      ),
    };
  },
};

function headers(requestId: string): Record<string, string> {
  return { "content-type": "text/xml", "x-amzn-requestid": requestId };
}

/** The form of a query request: a GET request carries it in its query. */
export function formOf(
  body: Uint8Array,
  query: readonly (readonly [string, string])[],
): (readonly [string, string])[] {
  return [...query, ...new URLSearchParams(Buffer.from(body).toString("utf8"))];
}
