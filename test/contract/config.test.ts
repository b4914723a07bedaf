import { config } from "./fixtures/config.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("config", config);
