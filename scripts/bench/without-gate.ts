import { TerraformStack } from "cdktf";

/** Preloaded by the bench: every stack believes that it has its gate already, so that none is attached. */
Object.defineProperty(TerraformStack.prototype, Symbol.for("eks-tandem/gate"), { value: true, configurable: true });
