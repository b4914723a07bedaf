import { call } from "../../example/event.ts";
import { requestFlag, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** Resources may be shared with accounts outside of the organization. */
export const shareOutside: DetectRule = {
  id: "ram/share-outside",
  title: "A resource share lets accounts outside of the organization in",
  severity: "high",
  why: "Networks, keys and images that are shared outside are used from there.",
  remedy: "Set `allowExternalPrincipals` to false, or deny it by an SCP.",
  sources: ["https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html"],
  events: events("ram", "CreateResourceShare", "UpdateResourceShare"),
  counts: "success",
  evaluate: (event) => {
    const isExternal = requestFlag(event, "allowExternalPrincipals");
    const isCreate = event.eventName === "CreateResourceShare";
    // A share that does not say it lets external principals in.
    if (isExternal === false || (isExternal === undefined && !isCreate)) return undefined;
    const name = requestText(event, "name") ?? requestText(event, "resourceShareArn");
    return {
      verb: isCreate ? ["make", "made"] : ["open", "opened"],
      object: `the resource share ${name ?? "(not named)"}, which lets accounts outside of the organization in`,
      ...(name === undefined ? {} : { resource: name }),
    };
  },
  example: {
    hit: [call("ram", "CreateResourceShare", { name: "subnets", allowExternalPrincipals: true })],
    pass: [call("ram", "CreateResourceShare", { name: "subnets", allowExternalPrincipals: false })],
  },
};
