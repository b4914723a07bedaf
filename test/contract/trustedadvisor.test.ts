import { trustedadvisor } from "./fixtures/trustedadvisor.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("trustedadvisor", trustedadvisor);
