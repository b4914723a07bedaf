import { call, example } from "../../example/event.ts";
import { accountOf, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";
import { sharedWith, sharedWithOrganization } from "../../sharing.ts";

/** Everybody, or an account outside of the organization, may call a function. */
export const publicPermission: DetectRule = {
  id: "lambda/public-permission",
  title: "A function or layer is opened to the outside",
  severity: "high",
  why: "Who may call a function acts with its role; a public layer gives the code away.",
  remedy: "Remove the permission (RemovePermission).",
  sources: ["https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html"],
  events: events(
    "lambda",
    "AddPermission20150331",
    "AddPermission20150331v2",
    "AddLayerVersionPermission20181031",
  ),
  counts: "success",
  evaluate: (event, facts) => {
    const principal = requestText(event, "principal");
    if (principal === undefined) return undefined;
    const organization =
      requestText(event, "principalOrgID") ?? requestText(event, "organizationId");
    // AWS_IAM asks the caller for permissions of its own, so that everybody is nobody unknown.
    const isSigned = requestText(event, "functionUrlAuthType") === "AWS_IAM";
    const source = requestText(event, "sourceAccount") ?? requestText(event, "sourceArn");
    if (principal === "*" && (source !== undefined || isSigned)) return undefined;
    const shared =
      organization === undefined
        ? sharedWith([principal], facts, accountOf(event))
        : sharedWithOrganization(organization, facts);
    if (shared === undefined) return undefined;
    const name = requestText(event, "functionName") ?? requestText(event, "layerName");
    return {
      verb: ["open", "opened"],
      object: `${name ?? "a function"} to ${shared.words}`,
      ...(name === undefined ? {} : { resource: name }),
      unknown: shared.unknown,
    };
  },
  example: {
    hit: [
      call("lambda", "AddPermission20150331v2", {
        functionName: "resize-images",
        principal: "*",
        action: "lambda:InvokeFunction",
      }),
      call("lambda", "AddPermission20150331v2", {
        functionName: "resize-images",
        principal: example.stranger,
        action: "lambda:InvokeFunction",
      }),
      call("lambda", "AddPermission20150331v2", {
        functionName: "resize-images",
        principal: "*",
        principalOrgID: "o-strangerorg",
      }),
    ],
    pass: [
      call("lambda", "AddPermission20150331v2", {
        functionName: "resize-images",
        principal: "s3.amazonaws.com",
      }),
      call("lambda", "AddPermission20150331v2", {
        functionName: "resize-images",
        principal: "*",
        principalOrgID: example.organization,
      }),
      call("lambda", "AddLayerVersionPermission20181031", {
        layerName: "libraries",
        principal: "*",
        organizationId: example.organization,
      }),
    ],
  },
};
