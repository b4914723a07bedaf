import type {
  GetCallerIdentityCommandInput,
  GetCallerIdentityCommandOutput,
} from "@aws-sdk/client-sts";
import type { Served } from "./served.ts";

/** Says who the caller is. Needs no permission; no policy can deny it. */
export const getCallerIdentity: Served<
  GetCallerIdentityCommandInput,
  GetCallerIdentityCommandOutput
> = ({ caller }) => ({ UserId: caller.userId, Account: caller.account, Arn: caller.arn });
