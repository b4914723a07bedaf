import type {
  GetInstanceMetadataDefaultsCommandOutput,
  InstanceMetadataDefaultsResponse,
  ModifyInstanceMetadataDefaultsCommandInput,
  ModifyInstanceMetadataDefaultsCommandOutput,
} from "@aws-sdk/client-ec2";
import type { AnyHandler } from "../../../sandbox/service.ts";
import { managedBy } from "./sharing.ts";
import {
  apiWord,
  declared,
  exceptionMessage,
  invalidValue,
  ownState,
  requireFree,
  type Served,
} from "./state.ts";

const attribute = "instance_metadata_defaults";

const words = {
  HttpTokens: ["optional", "required", "no-preference"],
  HttpEndpoint: ["disabled", "enabled", "no-preference"],
  InstanceMetadataTags: ["disabled", "enabled", "no-preference"],
  HttpTokensEnforced: ["disabled", "enabled", "no-preference"],
} as const;

/** Members without a preference are left out of the answer. */
const getDefaults: Served<object, GetInstanceMetadataDefaultsCommandOutput> = (context) => {
  const policy = declared(context, attribute);
  const own = ownState(context).metadata ?? {};
  const level: Record<string, string | number> = {};
  const put = (member: string, inPolicy: string): void => {
    const word = apiWord(policy?.[inPolicy]);
    const value = policy === undefined ? own[member] : word;
    if (value === undefined || value === "no-preference" || value === -1) return;
    level[member] = member === "HttpPutResponseHopLimit" ? Number(value) : value;
  };
  put("HttpTokens", "http_tokens");
  put("HttpPutResponseHopLimit", "http_put_response_hop_limit");
  put("HttpEndpoint", "http_endpoint");
  put("InstanceMetadataTags", "instance_metadata_tags");
  put("HttpTokensEnforced", "http_tokens_enforced");
  return {
    AccountLevel: {
      ...(level as InstanceMetadataDefaultsResponse),
      ManagedBy: managedBy(context, attribute),
      ...(policy === undefined ? {} : { ManagedExceptionMessage: exceptionMessage(context) }),
    },
  };
};

const modifyDefaults: Served<
  ModifyInstanceMetadataDefaultsCommandInput,
  ModifyInstanceMetadataDefaultsCommandOutput
> = (context, input) => {
  requireFree(context, attribute);
  const given: Record<string, string | number> = {};
  for (const [member, known] of Object.entries(words)) {
    const value = input[member as keyof typeof words];
    if (value === undefined) continue;
    if (!(known as readonly string[]).includes(value)) throw invalidValue(value, member);
    given[member] = value;
  }
  const hops = input.HttpPutResponseHopLimit;
  if (hops !== undefined) {
    if (hops !== -1 && (hops < 1 || hops > 64)) throw invalidValue(hops, "HttpPutResponseHopLimit");
    given.HttpPutResponseHopLimit = hops;
  }
  const state = ownState(context);
  state.metadata = { ...state.metadata, ...given };
  return { Return: true };
};

/** Operations on how new instances serve their metadata. */
export const metadataHandlers: Readonly<Record<string, AnyHandler>> = {
  GetInstanceMetadataDefaults: getDefaults,
  ModifyInstanceMetadataDefaults: modifyDefaults,
};
