import type {
  GetCallerIdentityCommandInput,
  GetCallerIdentityCommandOutput,
} from "@aws-sdk/client-sts";
import type { Handler } from "../../../sandbox/service.ts";

/** Says who the caller is. Needs no permission; no policy can deny it. */
export const getCallerIdentity: Handler<
  GetCallerIdentityCommandInput,
  Omit<GetCallerIdentityCommandOutput, "$metadata">
> = ({ caller }) => ({ UserId: caller.userId, Account: caller.account, Arn: caller.arn });
