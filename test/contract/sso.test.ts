import { sso } from "./fixtures/sso.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("sso", sso);
