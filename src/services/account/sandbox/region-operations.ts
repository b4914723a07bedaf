import type {
  DisableRegionCommandInput,
  DisableRegionCommandOutput,
  EnableRegionCommandInput,
  EnableRegionCommandOutput,
  GetRegionOptStatusCommandInput,
  GetRegionOptStatusCommandOutput,
  ListRegionsCommandInput,
  ListRegionsCommandOutput,
  RegionOptStatus,
} from "@aws-sdk/client-account";
import { accountQuotas } from "../../../data/account-quotas.ts";
import { regions } from "../../../data/regions.ts";
import { type AnyHandler, type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { validationFailed } from "./errors.ts";
import type { Served } from "./served.ts";
import { accountState, regionOptMs, regionStatus } from "./state.ts";
import { targetAccount } from "./target.ts";

const enableRegion: Served<EnableRegionCommandInput, EnableRegionCommandOutput> = (
  context,
  input,
) => {
  opt(context, input, "ENABLED");
  return {};
};

const disableRegion: Served<DisableRegionCommandInput, DisableRegionCommandOutput> = (
  context,
  input,
) => {
  opt(context, input, "DISABLED");
  return {};
};

const getRegionOptStatus: Served<
  GetRegionOptStatusCommandInput,
  GetRegionOptStatusCommandOutput
> = (context, input) => {
  const account = targetAccount(context, input.AccountId);
  const status = regionStatus(context.world, account, input.RegionName ?? "");
  if (status === undefined) throw noSuchRegion(input.RegionName);
  return { RegionName: input.RegionName, RegionOptStatus: status };
};

const listRegions: Served<ListRegionsCommandInput, ListRegionsCommandOutput> = (context, input) => {
  const account = targetAccount(context, input.AccountId);
  const size = input.MaxResults ?? 50;
  if (size < 1 || size > 50)
    throw validationFailed("maxResults", "must have value between 1 and 50");
  const wanted = input.RegionOptStatusContains;
  const found = regions.list
    .map(({ name }) => ({
      RegionName: name,
      RegionOptStatus: regionStatus(context.world, account, name) as RegionOptStatus,
    }))
    .filter(({ RegionOptStatus }) => wanted === undefined || wanted.includes(RegionOptStatus));
  const start = startOf(input.NextToken);
  const end = start + size;
  return {
    Regions: found.slice(start, end),
    ...(end < found.length ? { NextToken: Buffer.from(`regions:${end}`).toString("base64") } : {}),
  };
};

function opt(
  context: HandlerContext,
  input: { readonly AccountId?: string | undefined; readonly RegionName: string | undefined },
  wanted: "ENABLED" | "DISABLED",
): void {
  const { world } = context;
  const account = targetAccount(context, input.AccountId);
  const name = input.RegionName ?? "";
  const status = regionStatus(world, account, name);
  if (status === undefined) throw noSuchRegion(name);
  if (status === "ENABLED_BY_DEFAULT") {
    throw invalidTarget(`The Region ${name} is enabled by default and cannot be changed.`);
  }
  const underWay = status === "ENABLING" || status === "DISABLING";
  const isSame = status === (wanted === "ENABLED" ? "ENABLING" : "DISABLING");
  if (status === wanted || isSame) return;
  if (underWay) {
    throw conflict(`The Region ${name} is ${status.toLowerCase()}. Try again later.`);
  }
  const records = accountState(world, account).regions;
  const now = world.clock.now();
  const open = [...records.values()].filter(({ doneAt }) => doneAt > now).length;
  if (open >= accountQuotas.concurrentRegionOptsPerAccount) {
    throw conflict("The account has too many Region changes in progress. Try again later.");
  }
  records.set(name, { wanted, doneAt: now + regionOptMs });
}

function startOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const start = /^regions:(\d+)$/.exec(Buffer.from(token, "base64").toString("utf8"))?.[1];
  if (start === undefined) throw validationFailed("nextToken", "is not valid");
  return Number(start);
}

function noSuchRegion(name: string | undefined): ServiceError {
  return invalidTarget(`The Region ${name} does not exist.`);
}

function invalidTarget(message: string): ServiceError {
  return new ServiceError("ValidationException", message, {
    members: { reason: "invalidRegionOptTarget" },
  });
}

function conflict(message: string): ServiceError {
  return new ServiceError("ConflictException", message, { httpStatus: 409 });
}

/** Operations on Regions. */
export const regionHandlers: Readonly<Record<string, AnyHandler>> = {
  EnableRegion: enableRegion,
  DisableRegion: disableRegion,
  GetRegionOptStatus: getRegionOptStatus,
  ListRegions: listRegions,
};
