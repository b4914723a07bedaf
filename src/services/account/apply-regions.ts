import type { JsonObject } from "../../core/json.ts";
import { changeHandler } from "../kit/change-handler.ts";
import type { ApplyContext, ChangeHandler, ResolvedChange } from "../service.ts";

/**
 * EnableRegion and DisableRegion: the facet is `{ enabled }`. AWS takes minutes to hours; a Region
 * that is on its way counts as there, and what rests on it comes with a later plan.
 */
export const regionChanges: Readonly<Record<string, ChangeHandler>> = {
  EnableRegion: changeHandler("account", "EnableRegion", { observe }),
  DisableRegion: changeHandler("account", "DisableRegion", { observe }),
};

async function observe(
  { aws, signal, made }: ApplyContext,
  { input }: ResolvedChange,
): Promise<JsonObject> {
  const { AccountId: account, RegionName } = input;
  const named = account === undefined ? {} : { AccountId: String(account) };
  const { RegionOptStatus: status } = await aws.call(
    "account",
    "GetRegionOptStatus",
    { ...named, RegionName: String(RegionName) },
    {
      ...(signal === undefined ? {} : { signal }),
      ...(account === undefined ? {} : { about: String(account) }),
      // A new account is not known to Account Management at once.
      eventual: made.has(String(account)) ? ["AccessDeniedException", "ValidationException"] : [],
    },
  );
  return { enabled: status?.startsWith("ENABL") === true };
}
