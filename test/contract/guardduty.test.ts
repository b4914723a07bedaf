import { guardduty } from "./fixtures/guardduty.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("guardduty", guardduty);
