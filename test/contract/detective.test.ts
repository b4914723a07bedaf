import { detective } from "./fixtures/detective.ts";
import { serviceContract } from "./service-contract.ts";

serviceContract("detective", detective);
