import { compactSpec } from "./compact";
import { denseNet121Spec } from "./densenet121";
import { efficientNetLite0Spec } from "./efficientnet-lite0";
import type { NetworkName, NetworkSpec } from "./network";

/** What the named network needs and gives. */
export function networkSpec(name: NetworkName): NetworkSpec {
  return specs[name];
}

const specs: Record<NetworkName, NetworkSpec> = {
  compact: compactSpec,
  densenet121: denseNet121Spec,
  "efficientnet-lite0": efficientNetLite0Spec,
};
