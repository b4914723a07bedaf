import { account } from "./fixtures/account.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("account", account);
