import { ec2QueryRules, fromQuery, parameterTree } from "../query.ts";
import { type Protocol, wireError } from "../wire-service.ts";
import { escapeXml, xmlMembers } from "../xml.ts";
import { awsQuery, formOf } from "./aws-query.ts";

/**
 * The ec2Query protocol: a form in, XML out, with names and lists in EC2's way.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export const ec2Query: Protocol = {
  unknownOperationCode: "InvalidAction",
  authenticationErrors: {
    missing: ["MissingAuthenticationToken", 403],
    unknownKey: ["AuthFailure", 401],
    expired: ["RequestExpired", 400],
    mismatch: ["SignatureDoesNotMatch", 403],
    skewed: ["RequestExpired", 400],
    contentMismatch: ["SignatureDoesNotMatch", 403],
  },
  route: awsQuery.route,
  decode: (_service, { operation, request }) => {
    const problems: string[] = [];
    const tree = parameterTree(formOf(request.body, request.query));
    const report = (path: string, problem: string): void => {
      problems.push(`${path}: ${problem}`);
    };
    const input = fromQuery(operation.input, tree, report, "", ec2QueryRules);
    return { input: (input ?? {}) as Record<string, unknown>, problems };
  },
  encode: ({ service }, { name, output: shape }, output, requestId) => {
    const members = shape.kind === "unit" ? "" : xmlMembers(shape, output);
    return {
      status: 200,
      headers: headers(requestId),
      body: Buffer.from(
        `<${name}Response xmlns="${service.xmlNamespace ?? ""}"><requestId>${requestId}</requestId>` +
          `${members}</${name}Response>`,
      ),
    };
  },
  encodeError: (wire, error, requestId) => {
    const { code, status } = wireError(wire, error);
    return {
      status,
      headers: headers(requestId),
      body: Buffer.from(
        `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error>` +
          `<Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message>` +
          `</Error></Errors><RequestID>${requestId}</RequestID></Response>`,
      ),
    };
  },
};

function headers(requestId: string): Record<string, string> {
  return { "content-type": "text/xml;charset=UTF-8", "x-amzn-requestid": requestId };
}
