import { compactSpec } from "./compact";

import type { NetworkName, NetworkSpec } from "./network";

/** What the named network needs and gives. */
export function networkSpec(name: NetworkName): NetworkSpec {
  return specs[name] ?? compactSpec;
}

const specs: Record<string, NetworkSpec> = { compact: compactSpec };
